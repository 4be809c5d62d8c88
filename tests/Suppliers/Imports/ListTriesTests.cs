using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>A list whose reading breaks off for a reason that nobody foresaw holds up no other, and comes to an end.</summary>
public sealed class ListTriesTests : IAsyncLifetime
{
    private static readonly TimeSpan LongerThanAnyPause = TimeSpan.FromHours(2);
    private readonly HeldClock clock = new();
    private readonly Broken broken = new();
    private readonly Guid brand = Guid.CreateVersion7();
    private ServiceHost<Program> host = null!;
    private WebhookReceiver receiver = null!;
    private ImportRunner reader = null!;

    public async ValueTask InitializeAsync()
    {
        host = await ServiceHost<Program>.Start("suppliers", null, services =>
        {
            services.Remove(services.Single(s => !s.IsKeyedService && s.ImplementationType == typeof(ImportRunner)));
            services.ConfigureDbContext<SqliteSuppliersDb>(options => options.AddInterceptors(broken));
            services.ConfigureDbContext<PostgresSuppliersDb>(options => options.AddInterceptors(broken));
        });
        using var registered = await SuppliersApp.Put(host.Client(Roles.Service, subject: "client:service"), brand, new { kind = "brand", name = "Tried Alders", country = "TH" }, null);
        registered.EnsureSuccessStatusCode();
        receiver = await WebhookReceiver.Start();
        await receiver.Open(Brand(brand), "suppliers", "supplier_list.read");
        reader = new(
            host.Services.GetRequiredService<IServiceScopeFactory>(), Signal, host.Services.GetRequiredService<FileKey>(), clock, NullLogger<ImportRunner>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await reader.StopAsync(CancellationToken.None);
        reader.Dispose();
        await host.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task It_waits_behind_another_brands_list_and_is_given_up_with_what_to_do()
    {
        broken.List = await HandIn(brand, "Name,Country\nBroken Rail Mill,TH\n");
        var other = await HandIn(Guid.CreateVersion7(), "Name,Country\nWhole Rail Mill,TH\n");

        await reader.StartAsync(Stop);
        await Until(other, i => i.Status == SupplierImport.Done);
        var meanwhile = await Import(broken.List);
        await Fails(broken.List);

        Assert.Equal((SupplierImport.Reading, 1), (meanwhile.Status, meanwhile.Tries));
        var shown = await Brand(brand).GetFromJsonAsync<JsonElement>($"/api/v1/suppliers/imports/{broken.List}", Stop);
        Assert.Equal(("failed", "reading-failed"), (shown.GetProperty("status").GetString(), shown.GetProperty("problemCode").GetString()));
        Assert.Contains("upload it again", shown.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await In(db => db.Chunks.CountAsync(Stop)));
        await Wait.Until(() => Task.FromResult(receiver.Heard.Any(h => h.Body.Contains($"{broken.List}", StringComparison.Ordinal))), "nobody was told of the end");
        Assert.Equal(HttpStatusCode.NoContent, (await Brand(brand).DeleteAsync(new Uri($"/api/v1/suppliers/imports/{broken.List}", UriKind.Relative), Stop)).StatusCode);
    }

    [Fact]
    public async Task Of_one_that_breaks_off_in_the_middle_nothing_stays_but_what_another_list_names()
    {
        var kept = await HandIn(brand, "Name,Country,Address\nHalf Rail Mill,TH,1 Canal Road\n");
        await reader.StartAsync(Stop);
        await Until(kept, i => i.Status == SupplierImport.Done);
        broken.Row = 1500;

        var half = await HandIn(brand, "Name,Country,Address\n" + string.Concat(Enumerable.Range(1, 1600).Select(i => $"Half Rail Mill,TH,{i} Canal Road\n")));
        await Until(half, i => i.RowsRead == 1000);
        await Fails(half);

        Assert.Equal("reading-failed", (await Import(half)).ProblemCode);
        Assert.Equal(1, await In(db => db.Listings.CountAsync(l => l.BrandId == new PartyId(brand), Stop)));
        await Wait.Until(() => Task.FromResult(receiver.Heard.Any(h => h.Body.Contains($"{half}", StringComparison.Ordinal))), "nobody was told of the end");
        Assert.DoesNotContain(receiver.Heard, h => h.Body.Contains($"{half}", StringComparison.Ordinal) && !h.Body.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_database_is_away_no_try_counts()
    {
        broken.How = () => new NpgsqlException("The connection was cut.");
        broken.List = await HandIn(brand, "Name,Country\nPatient Rail Mill,TH\n");

        await reader.StartAsync(Stop);
        for (var times = 1; times <= ListTries.Most + 2; times++)
        {
            var so = times;
            await Until(broken.List, i => broken.Times >= so && i.LeaseOwner == null);
            GoOn();
        }
        var meanwhile = await Import(broken.List);
        var list = broken.List;
        broken.List = Guid.Empty;
        await UntilMoving(list, i => i.Status == SupplierImport.Done);

        Assert.Equal((SupplierImport.Reading, 0), (meanwhile.Status, meanwhile.Tries));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ImportSignal Signal => host.Services.GetRequiredService<ImportSignal>();

    private HttpClient Brand(Guid id) => host.Client(Roles.BrandAnalyst, id, PartyKinds.Brand);

    private Task Fails(Guid list) => UntilMoving(list, i => i.Status == SupplierImport.Failed);

    private void GoOn()
    {
        clock.Move(LongerThanAnyPause);
        Signal.Raise();
    }

    private async Task<Guid> HandIn(Guid who, string csv)
    {
        using var list = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var received = await Brand(who).PostAsync(new Uri("/api/v1/suppliers/imports?fileName=list.csv", UriKind.Relative), list, Stop);
        return (await received.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();
    }

    private Task Until(Guid list, Func<SupplierImport, bool> holds) => Wait.Until(async () => holds(await Import(list)), "the list did not come so far");

    /// <summary>Whenever it waits, the time of its waiting passes.</summary>
    private Task UntilMoving(Guid list, Func<SupplierImport, bool> holds) => Wait.Until(async () =>
    {
        var import = await Import(list);
        if (holds(import)) return true;
        if (import.LeaseOwner is null) GoOn();
        return false;
    }, "the list did not come so far");

    private Task<SupplierImport> Import(Guid id) => In(db => db.Imports.AsNoTracking().SingleAsync(i => i.Id == id, Stop));

    private async Task<T> In<T>(Func<SuppliersDb, Task<T>> ask)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<SuppliersDb>());
    }

    /// <summary>A list of which no piece can be looked at, or a row that cannot be saved.</summary>
    private sealed class Broken : DbCommandInterceptor, ISaveChangesInterceptor
    {
        private int times;

        public Guid List { get; set; }

        public int? Row { get; set; }

        public Func<Exception> How { get; set; } = () => new InvalidOperationException("Nobody foresaw this.");

        public int Times => Volatile.Read(ref times);

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            if (List != Guid.Empty && command.CommandText.Contains("\"Chunks\"", StringComparison.Ordinal) && command.Parameters.Cast<DbParameter>().Any(p => Guid.TryParse($"{p.Value}", out var id) && id == List)) throw Next();
            return result;
        }

        public ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
            Row is { } row && eventData.Context!.ChangeTracker.Entries<ImportRow>().Any(r => r.Entity.Number == row) ? throw Next() : ValueTask.FromResult(result);

        private Exception Next()
        {
            Interlocked.Increment(ref times);
            return How();
        }
    }
}
