using System.Data.Common;
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

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>Two replicas read lists. One stands still until its lease has run out, and wakes when the other has read its list to the end.</summary>
public sealed class TwoReadersTests : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);
    private readonly Guid brand = Guid.CreateVersion7();
    private readonly Opening opening = new();
    private ServiceHost<Program> host = null!;
    private WebhookReceiver receiver = null!;

    public async ValueTask InitializeAsync()
    {
        host = await ServiceHost<Program>.Start("suppliers", null, services =>
        {
            services.Remove(services.Single(s => !s.IsKeyedService && s.ImplementationType == typeof(ImportRunner)));
            services.ConfigureDbContext<SqliteSuppliersDb>(options => options.AddInterceptors(opening));
            services.ConfigureDbContext<PostgresSuppliersDb>(options => options.AddInterceptors(opening));
        });
        using var registered = await SuppliersApp.Put(host.Client(Roles.Service, subject: "client:service"), brand, new { kind = "brand", name = "Two Alders", country = "TH" }, null);
        registered.EnsureSuccessStatusCode();
        receiver = await WebhookReceiver.Start();
        await receiver.Open(Brand(), "suppliers", "supplier_list.read");
    }

    public async ValueTask DisposeAsync()
    {
        opening.Release();
        await host.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task A_reader_that_stood_still_before_it_wrote_the_end_does_not_tell_it_again()
    {
        var first = await HandIn("First Wren Mill");
        using var still = new StandsStill(Scopes, async db => await db.Imports.AnyAsync(i => i.Id == first && i.RowsRead > 0));
        using var a = Reader(still);
        await a.StartAsync(Stop);
        await still.Reached;

        await ReadToTheEnd(first);
        still.Wake();

        await ReadsOn(a, first);
    }

    [Fact]
    public async Task A_reader_that_stood_still_while_it_opened_the_list_leaves_it_as_the_other_left_it()
    {
        var first = await HandIn("First Dunnock Mill");
        opening.Hold();
        using var still = new StandsStill(Scopes, _ => Task.FromResult(opening.IsHeld));
        using var a = Reader(still);
        await a.StartAsync(Stop);
        await opening.Reached;
        await still.Reached; // its renewals stand still as well

        await ReadToTheEnd(first);
        still.Wake();
        opening.Release();

        await ReadsOn(a, first);
    }

    [Fact]
    public async Task A_list_that_takes_long_to_open_stays_with_whoever_opens_it()
    {
        var first = await HandIn("First Bunting Mill");
        opening.Hold();
        var clock = new HeldClock();
        using var a = Reader(Scopes, clock);
        await a.StartAsync(Stop);
        await opening.Reached;
        var owner = (await Import(first)).LeaseOwner;
        await Wait.Until(() => Task.FromResult(clock.Alarms > 0), "the lease is not kept up");

        for (var quarter = 0; quarter < 8; quarter++)
        {
            clock.Move(Short / 4);
            await Wait.Until(async () => (await Import(first)).LeaseUntil > clock.Now + (Short * 0.9), "the lease is not renewed");
        }
        using var b = Reader(Scopes, clock);
        await b.StartAsync(Stop);
        // The first list is older: whoever looks and may take it takes it before this one.
        await Until(await HandIn("Later Bunting Mill"), SupplierImport.Done);
        var meanwhile = await Import(first);
        opening.Release();
        await Until(first, SupplierImport.Done);

        Assert.Equal((SupplierImport.Reading, owner), (meanwhile.Status, meanwhile.LeaseOwner));
        Assert.Equal(1, (await Import(first)).RowsRead);
        await a.StopAsync(Stop);
        await b.StopAsync(Stop);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IServiceScopeFactory Scopes => host.Services.GetRequiredService<IServiceScopeFactory>();

    private HttpClient Brand() => host.Client(Roles.BrandAnalyst, brand, PartyKinds.Brand);

    private ImportRunner Reader(IServiceScopeFactory scopes, TimeProvider? time = null) => new(
        scopes, host.Services.GetRequiredService<ImportSignal>(), host.Services.GetRequiredService<FileKey>(), time ?? TimeProvider.System, NullLogger<ImportRunner>.Instance)
    {
        LeaseFor = Short,
    };

    private async Task<Guid> HandIn(string name)
    {
        using var list = new StringContent($"Name,Country\n{name},TH\n", Encoding.UTF8, "text/csv");
        using var received = await Brand().PostAsync(new Uri("/api/v1/suppliers/imports?fileName=list.csv", UriKind.Relative), list, Stop);
        return (await received.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetGuid();
    }

    /// <summary>By another reader, once the lease of the first has run out.</summary>
    private async Task ReadToTheEnd(Guid import)
    {
        await Wait.Until(async () => (await Import(import)).LeaseUntil < DateTime.UtcNow, "the lease does not run out");
        using var b = Reader(Scopes);
        await b.StartAsync(Stop);
        await Until(import, SupplierImport.Done);
        await b.StopAsync(Stop);
    }

    /// <summary>The one that woke reads the next list, so it is past whatever it meant to do with the first.</summary>
    private async Task ReadsOn(ImportRunner a, Guid first)
    {
        var second = await HandIn("Second Mill");
        await Until(second, SupplierImport.Done);
        await Wait.Until(() => Task.FromResult(Told(second) > 0), "nobody was told of the second list");
        await a.StopAsync(Stop);

        var import = await Import(first);
        Assert.Equal((SupplierImport.Done, 1, 1, (string?)null), (import.Status, import.RowsRead, import.Added, import.ProblemCode));
        Assert.Equal(1, Told(first));
        await using var scope = Scopes.CreateAsyncScope();
        Assert.Equal(0, await scope.ServiceProvider.GetRequiredService<SuppliersDb>().Chunks.CountAsync(Stop));
    }

    private int Told(Guid import) => receiver.Heard.Where(h => h.Body.Contains($"{import}", StringComparison.Ordinal)).Select(h => h.Id).Distinct().Count();

    private Task Until(Guid import, string status) => Wait.Until(async () => (await Import(import)).Status == status, $"the list was not {status}");

    private async Task<SupplierImport> Import(Guid id)
    {
        await using var scope = Scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SuppliersDb>().Imports.AsNoTracking().SingleAsync(i => i.Id == id, Stop);
    }

    /// <summary>A process that gets no time: from some moment on none of its steps begins until it wakes.</summary>
    private sealed class StandsStill(IServiceScopeFactory scopes, Func<SuppliersDb, Task<bool>> from) : IServiceScopeFactory, IDisposable
    {
        private readonly ManualResetEventSlim awake = new();
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public void Wake() => awake.Set();

        public IServiceScope CreateScope()
        {
            if (!awake.IsSet)
            {
                using var scope = scopes.CreateScope();
                if (from(scope.ServiceProvider.GetRequiredService<SuppliersDb>()).GetAwaiter().GetResult())
                {
                    reached.TrySetResult();
                    awake.Wait(TimeSpan.FromMinutes(1));
                }
            }
            return scopes.CreateScope();
        }

        public void Dispose() => awake.Dispose();
    }

    /// <summary>A file that takes long to open: the first look into its pieces, and no other, waits.</summary>
    private sealed class Opening : DbCommandInterceptor
    {
        private readonly ManualResetEventSlim open = new(initialState: true);
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int looks;

        public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public bool IsHeld => reached.Task.IsCompleted && !open.IsSet;

        public void Hold() => open.Reset();

        public void Release() => open.Set();

        public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
        {
            if (!open.IsSet && command.CommandText.Contains("\"Chunks\"", StringComparison.Ordinal) && Interlocked.Increment(ref looks) == 1)
            {
                reached.TrySetResult();
                open.Wait(TimeSpan.FromMinutes(1));
            }
            return result;
        }
    }
}
