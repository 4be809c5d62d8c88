using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>Two services in one process: one publishes, the other hears. Stopping it and starting another on the same folder is a restart.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestIssuer issuer;

    private Pair(WebApplication app, TestIssuer issuer) => (this.app, this.issuer) = (app, issuer);

    public IServiceProvider Services => app.Services;

    public Stumbles Stumbles => app.Services.GetRequiredService<Stumbles>();

    public static async Task<Pair> Start(string folder, int failures = 0, string mode = "operation", string restored = "", Func<string, Task<string>>? broker = null, TimeProvider? time = null, bool many = false)
    {
        var issuer = await TestIssuer.Start();
        var builder = WebApplication.CreateSlimBuilder(["--Mode", mode, "--Restored", restored, "--DataFolder", folder, "--Issuer", issuer.Address, "--urls", "http://127.0.0.1:0"]);
        await UseTheOtherKind(builder.Configuration, folder);
        if (broker is not null) builder.Configuration["ConnectionStrings:rabbitmq"] = await broker(builder.Configuration["ConnectionStrings:rabbitmq"]!);
        builder.Logging.ClearProviders();
        if (time is not null) builder.Services.AddSingleton(time);
        builder.AddServiceDefaults("pair");
        builder.AddServiceDatabase<SenderDb, PostgresSenderDb, SqliteSenderDb>("sender");
        builder.AddServiceDatabase<HearerDb, PostgresHearerDb, SqliteHearerDb>("hearer");
        builder.AddPublications(new Publications<SenderDb>().Add<Told>((told, epoch) => told.State(epoch)));
        builder.Services.AddSingleton(new Stumbles(failures));
        builder.AddMessaging(s =>
        {
            if (many) s.Add<CountManyWhenRelationChanged, SupplyRelationChanged, HearerDb>(e => new(e.RelationId, e.Epoch, e.Sequence));
            else s.Add<CountWhenRelationChanged, SupplyRelationChanged, HearerDb>(e => new(e.RelationId, e.Epoch, e.Sequence));
        });
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGroup("/api/v1/hearer").MapDeadLetters<HearerDb>("Hearer");
        app.MapGroup("/api/v1/sender").MapRepublish<SenderDb>("Sender");
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await CreateTables(scope.ServiceProvider.GetRequiredService<SenderDb>());
            await CreateTables(scope.ServiceProvider.GetRequiredService<HearerDb>());
        }
        await app.StartAsync();
        await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30));
        return new(app, issuer);
    }

    public async Task InSender(Func<SenderDb, Task> act)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<SenderDb>());
    }

    public async Task InHearer(Func<HearerDb, Task> act)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await act(scope.ServiceProvider.GetRequiredService<HearerDb>());
    }

    public HttpClient Client(string role)
    {
        var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token([role], Guid.CreateVersion7(), PartyKinds.Operator, $"the {role}"));
        return client;
    }

    public async Task<List<Heard>> Heard()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<HearerDb>().Counted.AsNoTracking().OrderBy(h => h.Id).ToListAsync();
    }

    public async Task<int> Waiting()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SenderDb>().Outbox.CountAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await issuer.DisposeAsync();
    }

    /// <summary>PostgreSQL and RabbitMQ when the tests are given them; a folder keeps its databases and its virtual host over restarts.</summary>
    private static async Task UseTheOtherKind(ConfigurationManager configuration, string folder)
    {
        var name = Path.GetFileName(folder).ToLowerInvariant().Replace('-', '_');
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
        {
            configuration["ConnectionStrings:sender"] = $"{postgres};Database={name}_sender;Maximum Pool Size=10";
            configuration["ConnectionStrings:hearer"] = $"{postgres};Database={name}_hearer;Maximum Pool Size=10";
        }
        if (Environment.GetEnvironmentVariable("TEST_RABBITMQ") is { Length: > 0 } rabbit)
            configuration["ConnectionStrings:rabbitmq"] = await RabbitVirtualHost.Make(rabbit, name);
    }

    private static async Task CreateTables(DbContext db)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (await creator.ExistsAsync() && await creator.HasTablesAsync()) return;
        if (!await creator.ExistsAsync()) await creator.CreateAsync();
        await creator.CreateTablesAsync();
    }
}

internal sealed record Stumbles(int Failures)
{
    public int Left = Failures;

    /// <summary>What it stumbles over.</summary>
    public Exception Over { get; set; } = new InvalidOperationException("Stumbled after the change was made.");

    /// <summary>These it never handles.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<long, bool> Never { get; } = [];

    /// <summary>How many at once it was given, each time.</summary>
    public System.Collections.Concurrent.ConcurrentBag<int> Together { get; } = [];

    /// <summary>How often it was given each.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<long, int> Tries { get; } = [];
}

internal sealed class Heard
{
    public int Id { get; init; }
    public Guid RelationId { get; init; }
    public long Sequence { get; init; }
}

/// <summary>Something that the sender publishes; an even one's brand is written as a type of its own, as services do.</summary>
internal sealed class Told
{
    public Mark Brand { get; init; }
    public Guid Id { get; init; }
    public long Sequence { get; init; }

    public SupplyRelationChanged State(int epoch) => new()
    {
        RelationId = Id, Epoch = epoch, Sequence = Sequence, BrandPartyId = Brand.Value, SupplierPartyId = Guid.Empty, Status = "open",
    };
}

internal readonly record struct Mark(Guid Value);

internal abstract class SenderDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Told> Tellings => Set<Told>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Told>().HasKey(t => new { t.Brand, t.Id });
        modelBuilder.Entity<Told>().Property(t => t.Brand).HasConversion(m => m.Value, value => new Mark(value));
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
}

internal sealed class PostgresSenderDb(DbContextOptions<PostgresSenderDb> options) : SenderDb(options);

internal sealed class SqliteSenderDb(DbContextOptions<SqliteSenderDb> options) : SenderDb(options);

internal abstract class HearerDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Heard> Counted => Set<Heard>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.KeepDueWork();
        modelBuilder.Entity<Heard>().ToTable("Counted").HasKey(h => h.Id);
    }
}

internal sealed class PostgresHearerDb(DbContextOptions<PostgresHearerDb> options) : HearerDb(options);

internal sealed class SqliteHearerDb(DbContextOptions<SqliteHearerDb> options) : HearerDb(options);

/// <summary>Not idempotent on purpose: hearing twice would show.</summary>
internal sealed class CountWhenRelationChanged(HearerDb db, Stumbles stumbles) : IConsumes<SupplyRelationChanged>
{
    public Task Consume(SupplyRelationChanged happened, CancellationToken stop)
    {
        db.Counted.Add(new Heard { RelationId = happened.RelationId, Sequence = happened.Sequence });
        stumbles.Tries.AddOrUpdate(happened.Sequence, 1, (_, before) => before + 1);
        if (stumbles.Never.ContainsKey(happened.Sequence) || Interlocked.Decrement(ref stumbles.Left) >= 0) throw stumbles.Over;
        return Task.CompletedTask;
    }
}

/// <summary>The same of many at once; one that it never handles fails with all that came with it.</summary>
internal sealed class CountManyWhenRelationChanged(HearerDb db, Stumbles stumbles) : IConsumesMany<SupplyRelationChanged>
{
    public Task Consume(IReadOnlyList<SupplyRelationChanged> happened, CancellationToken stop)
    {
        stumbles.Together.Add(happened.Count);
        foreach (var told in happened)
        {
            db.Counted.Add(new Heard { RelationId = told.RelationId, Sequence = told.Sequence });
            if (stumbles.Never.ContainsKey(told.Sequence)) throw stumbles.Over;
        }
        return Task.CompletedTask;
    }
}
