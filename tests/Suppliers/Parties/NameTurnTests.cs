using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Recruitment.Platform;
using Recruitment.Suppliers.Imports;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests.Parties;

/// <summary>Two who name an organisation that nobody knows yet, each looking for it before the other has saved it.</summary>
public sealed class NameTurnTests : IAsyncLifetime
{
    private readonly BothLook both = new();
    private ServiceHost<Program> host = null!;

    public async ValueTask InitializeAsync() => host = await ServiceHost<Program>.Start("suppliers", null, services =>
    {
        services.Remove(services.Single(s => !s.IsKeyedService && s.ImplementationType == typeof(ImportRunner)));
        services.ConfigureDbContext<SqliteSuppliersDb>(options => options.AddInterceptors(both));
        services.ConfigureDbContext<PostgresSuppliersDb>(options => options.AddInterceptors(both));
    });

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        both.Dispose();
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("one key", "another key")]
    public async Task One_recruiter_comes_of_two_suppliers_that_declare_it_at_once(string? key, string? otherKey)
    {
        var name = $"Twice Named Staffing {key}";
        var (one, other) = (await SupplierWithSite($"Left Siskin {key}"), await SupplierWithSite($"Right Siskin {key}"));
        both.At(command => command.CommandText.Contains("FROM \"Parties\"", StringComparison.Ordinal) && command.CommandText.Contains("\"Key\" =", StringComparison.Ordinal));

        var answers = await Task.WhenAll(Declare(one, name, key), Declare(other, name.ToUpperInvariant(), otherKey));

        Assert.True(both.HaveLooked);
        Assert.Equal([HttpStatusCode.Created, HttpStatusCode.Created], answers.Select(a => a.StatusCode));
        var named = await Task.WhenAll(answers.Select(async a => (await a.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("recruiterId").GetGuid()));
        Assert.Equal([named[0]], named.Distinct());
        Assert.Equal(1, await Parties(PartyKinds.Recruiter, name));
        Assert.Equal(2, await In(db => db.Links.CountAsync(l => l.RecruiterId == new PartyId(named[0]), Stop)));
    }

    [Fact]
    public async Task One_supplier_comes_of_two_brands_lists_that_two_processes_read_at_once()
    {
        const string Name = "Twice Listed Siskin Mill";
        // No site is on both: two who make one site at once do not get past its own key, and the second reads its rows again.
        var lists = new[]
        {
            await HandIn($"Name,Country,Address\n{Name},TH,1 Canal Road\n{Name},TH,2 Canal Road\n"),
            await HandIn($"Name,Country,Address\nOther Siskin Mill,TH,9 Canal Road\n{Name},TH,3 Canal Road\n"),
        };
        // On SQLite the second cannot look at all before the first has saved.
        both.At(command => command is not Microsoft.Data.Sqlite.SqliteCommand && command.CommandText.Contains("FROM \"Aliases\"", StringComparison.Ordinal));

        using var a = Reader();
        using var b = Reader();
        await a.StartAsync(Stop);
        await Wait.Until(() => In(db => db.Imports.AnyAsync(i => i.LeaseOwner != null || i.Status == SupplierImport.Done, Stop)), "nobody read the first list");
        await b.StartAsync(Stop);
        foreach (var list in lists) await Wait.Until(() => In(db => db.Imports.AnyAsync(i => i.Id == list && i.Status == SupplierImport.Done, Stop)), "a list was not read");
        await a.StopAsync(Stop);
        await b.StopAsync(Stop);

        Assert.Equal(1, await Parties(PartyKinds.Supplier, Name));
        Assert.Equal(3, await In(db => db.Sites.CountAsync(s => s.Name == Name, Stop)));
        Assert.Equal(0, await In(db => db.Imports.CountAsync(i => i.Refused > 0 || i.Added != 2, Stop)));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task<(HttpClient Client, Guid Site)> SupplierWithSite(string name)
    {
        var party = Guid.CreateVersion7();
        using var registered = await SuppliersApp.Put(host.Client(Roles.Service, subject: "client:service"), party, new { kind = "supplier", name, country = "TH" }, null);
        registered.EnsureSuccessStatusCode();
        var client = host.Client(Roles.SupplierUser, party, PartyKinds.Supplier);
        return (client, await SuppliersApp.AddSite(client, $"{name} Hall"));
    }

    private static async Task<HttpResponseMessage> Declare((HttpClient Client, Guid Site) supplier, string name, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/suppliers/mine/sites/{supplier.Site}/recruiters")
        {
            Content = JsonContent.Create(new { recruiterName = name, recruiterCountry = "MM", originCountry = "MM", from = "2026-01-10" }),
        };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return await supplier.Client.SendAsync(request, Stop);
    }

    private async Task<Guid> HandIn(string csv)
    {
        using var list = new StringContent(csv, Encoding.UTF8, "text/csv");
        using var received = await host.Client(Roles.BrandAnalyst, Guid.CreateVersion7(), PartyKinds.Brand).PostAsync(new Uri("/api/v1/suppliers/imports?fileName=list.csv", UriKind.Relative), list, Stop);
        return (await received.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();
    }

    private ImportRunner Reader() => new(
        host.Services.GetRequiredService<IServiceScopeFactory>(), host.Services.GetRequiredService<ImportSignal>(), host.Services.GetRequiredService<FileKey>(),
        TimeProvider.System, NullLogger<ImportRunner>.Instance);

    private Task<int> Parties(string kind, string name)
    {
        var key = Names.PartyKey(kind, name, kind == PartyKinds.Recruiter ? "MMR" : "THA");
        return In(db => db.Parties.CountAsync(p => p.Key == key, Stop));
    }

    private async Task<T> In<T>(Func<SuppliersDb, Task<T>> ask)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<SuppliersDb>());
    }

    /// <summary>Of one question the first two who ask it get their answers before either goes on.</summary>
    private sealed class BothLook : DbCommandInterceptor, IDisposable
    {
        private readonly SemaphoreSlim gone = new(0);
        private volatile Func<DbCommand, bool> question = _ => false;
        private int looks;

        public bool HaveLooked => Volatile.Read(ref looks) >= 2;

        public void At(Func<DbCommand, bool> asked) => question = asked;

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            if (!question(command)) return result;
            switch (Interlocked.Increment(ref looks))
            {
                case 1: await gone.WaitAsync(TimeSpan.FromSeconds(50), cancellationToken); break;
                case 2: gone.Release(); break;
            }
            return result;
        }

        public void Dispose() => gone.Dispose();
    }
}
