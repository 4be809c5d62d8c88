using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Audit;

/// <summary>One replica of a service with an audit trail and slices of every shape. Two on one folder are two replicas on one database.</summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly WebApplication app;

    private Office(WebApplication app, TestIssuer issuer) => (this.app, Issuer) = (app, issuer);

    public TestIssuer Issuer { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<Office> Open(string folder, params string[] settings)
    {
        var issuer = await TestIssuer.Start();
        var builder = WebApplication.CreateSlimBuilder(["--Mode", "demonstration", "--DataFolder", folder, "--Issuer", issuer.Address, "--urls", "http://127.0.0.1:0", .. settings]);
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
            builder.Configuration["ConnectionStrings:office"] = $"{postgres};Database={Path.GetFileName(folder).ToLowerInvariant().Replace('-', '_')};Maximum Pool Size=20";
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults("office");
        builder.AddServiceDatabase<OfficeDb, PostgresOfficeDb, SqliteOfficeDb>("office");
        // Entries are sealed when a test says so.
        foreach (var runner in builder.Services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory?.Method.ReturnType == typeof(SealAuditTrail<OfficeDb>)).ToList()) builder.Services.Remove(runner);
        builder.AddMessaging();
        var app = builder.Build();
        app.UseServiceDefaults();
        Map(app.MapGroup("/api/v1/office").WithAuditTrail<OfficeDb>());
        await using (var scope = app.Services.CreateAsyncScope()) await MakeTables(scope.ServiceProvider.GetRequiredService<OfficeDb>());
        await app.StartAsync();
        return new(app, issuer);
    }

    private static void Map(RouteGroupBuilder group)
    {
        group.MapAudit<OfficeDb>("Office");
        group.MapPost("/anybody", async (OfficeDb db) => await Thing.Make(db)).WithName("ByAnybody").AllowAnonymous();
        var closed = group.MapGroup("").RequireRoles(Roles.BrandAnalyst, Roles.Service);
        closed.MapPost("/things/{id:guid}", async (Guid id, string? note, OfficeDb db) => TypedResults.Ok(await Thing.Make(db))).WithName("MakeThing").WithIdempotencyKey<OfficeDb>();
        closed.MapPost("/steps", async (OfficeDb db) =>
        {
            await Thing.Make(db);
            await Thing.Make(db);
        }).WithName("MakeInSteps");
        closed.MapPost("/anew", async (OfficeDb db) =>
        {
            await using (await db.Database.BeginTransactionAsync()) await Thing.Make(db); // and never commits
            db.ChangeTracker.Clear();
            await Thing.Make(db);
        }).WithName("MakeAnew");
        closed.MapPost("/back", async (OfficeDb db) =>
        {
            await Thing.Make(db);
            throw new BrokenRuleException("changed-its-mind", "Not like this.");
        }).WithName("MakeAndRefuse").WithIdempotencyKey<OfficeDb>();
        closed.MapPost("/statement", async (OfficeDb db, CancellationToken stop) => await db.WithItsEntry(() => db.Things.ExecuteUpdateAsync(set => set.SetProperty(t => t.Touched, true), stop), stop)).WithName("TouchAll");
        closed.MapPost("/rule", () => { throw new BrokenRuleException("not-today", "It is Sunday."); }).WithName("BreakRule");
        closed.MapPost("/nothing", () => TypedResults.NoContent()).WithName("DoNothing");
        closed.MapPost("/wrong", () => TypedResults.BadRequest()).WithName("SayWrong");
        closed.MapPost("/bug", async (OfficeDb db) =>
        {
            await using var _ = await db.Database.BeginTransactionAsync();
            await Thing.Make(db);
            throw new InvalidOperationException("a bug");
        }).WithName("Fail");
        closed.MapGet("/file/{id:guid}", (Guid id) => id == Guid.Empty ? Results.NotFound() : Results.Text("a file")).WithName("TakeFile").Audited();
        closed.MapGet("/secret/{id:guid}", (Guid id) => Results.Text("a case")).WithName("OpenSecret").AuditedAs("WorkOnSecret");
        closed.MapGet("/list", () => Results.Text("a list")).WithName("ListThings");
    }

    private static async Task MakeTables(OfficeDb db)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync()) await creator.CreateAsync();
        if (await creator.HasTablesAsync()) return;
        await creator.CreateTablesAsync();
        var migration = new MigrationBuilder(db.Database.ProviderName);
        migration.KeepAuditTrailAppendOnly();
        foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(migration.Operations)) await db.Database.ExecuteSqlRawAsync(command.CommandText);
    }

    public HttpClient Client(string role = Roles.BrandAnalyst, Guid? party = null, string subject = "one", string? session = null)
    {
        var client = Stranger();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Issuer.Token([role], party, PartyKinds.Brand, subject, session: session));
        return client;
    }

    public HttpClient Stranger() => new() { BaseAddress = new(app.Urls.Single() + "/api/v1/office/") };

    public async Task<int> Seal(CancellationToken stop = default) => await app.Services.GetRequiredService<SealAuditTrail<OfficeDb>>().SealSome(stop);

    public Task<VerifiedTrail> Verify() => With(db => VerifiedTrail.Of(db, CancellationToken.None));

    public Task<List<AuditEntry>> Entries() => With(db => db.Set<AuditEntry>().AsNoTracking().OrderBy(e => e.At).ThenBy(e => e.Id).ToListAsync());

    public Task<int> Things() => With(db => db.Things.CountAsync());

    public async Task<T> With<T>(Func<OfficeDb, Task<T>> ask)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<OfficeDb>());
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await Issuer.DisposeAsync();
    }
}

internal sealed class Thing
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public bool Touched { get; init; }

    public static async Task<Guid> Make(OfficeDb db)
    {
        var thing = new Thing();
        db.Add(thing);
        await db.SaveChangesAsync();
        return thing.Id;
    }
}

internal abstract class OfficeDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Thing> Things => Set<Thing>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        KeepAuditTrail(modelBuilder);
        modelBuilder.KeepAnswers();
        modelBuilder.Entity<Thing>().Property(t => t.Id).ValueGeneratedNever();
    }
}

internal sealed class PostgresOfficeDb(DbContextOptions<PostgresOfficeDb> options) : OfficeDb(options);

internal sealed class SqliteOfficeDb(DbContextOptions<SqliteOfficeDb> options) : OfficeDb(options);
