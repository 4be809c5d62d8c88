using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Hosting;

/// <summary>What a key promises whatever the slice behind it does: a request counts once, and what was refused made nothing.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("keyed-").FullName;
    private TestIssuer issuer = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    [Fact]
    public async Task What_was_saved_on_the_way_to_a_refusal_is_not_made()
    {
        using var refused = await Send("refuse", "one");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(0, await Made());
        using var again = await Send("make", "one");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(1, await Made());
    }

    [Fact]
    public async Task Of_many_at_the_same_moment_under_one_key_that_save_nothing_each_is_answered_the_same()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send("nothing", "two")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct());
    }

    [Fact]
    public async Task Of_many_at_the_same_moment_under_one_key_one_makes_something()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send("make", "three")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(1, await Made());
    }

    /// <summary>Its sender believes that it counts once.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task An_empty_key_is_refused_and_makes_nothing(string key)
    {
        using var refused = await Send("make", key);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("bad-idempotency-key", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await Made());
    }

    private async Task<HttpResponseMessage> Send(string what, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/keyed/{what}");
        request.Headers.Add(Idempotency.Header, key);
        return await client.SendAsync(request);
    }

    private async Task<int> Made()
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<KeyedDb>().Things.CountAsync();
    }

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.Start();
        var builder = WebApplication.CreateSlimBuilder(["--DataFolder", folder, "--Issuer", issuer.Address, "--urls", "http://127.0.0.1:0"]);
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } postgres)
            builder.Configuration["ConnectionStrings:keyed"] = $"{postgres};Database=keyed_{Guid.CreateVersion7():N};Maximum Pool Size=10";
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults("keyed");
        builder.AddServiceDatabase<KeyedDb, PostgresKeyedDb, SqliteKeyedDb>("keyed");
        builder.AddMessaging();
        app = builder.Build();
        app.UseServiceDefaults();
        var group = app.MapGroup("/api/v1/keyed").RequireAuthorization();
        group.MapPost("/make", async (KeyedDb db) => TypedResults.Ok(await Thing.Make(db))).WithIdempotencyKey<KeyedDb>();
        group.MapPost("/refuse", async (KeyedDb db) =>
        {
            await Thing.Make(db);
            return TypedResults.Conflict();
        }).WithIdempotencyKey<KeyedDb>();
        group.MapPost("/nothing", () => TypedResults.Ok(Guid.CreateVersion7())).WithIdempotencyKey<KeyedDb>();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var creator = scope.ServiceProvider.GetRequiredService<KeyedDb>().GetService<IRelationalDatabaseCreator>();
            await creator.CreateAsync();
            await creator.CreateTablesAsync();
        }
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", issuer.Token([Roles.Administrator], Guid.CreateVersion7(), PartyKinds.Operator, "one"));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        await issuer.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    internal sealed class Thing
    {
        public Guid Id { get; init; } = Guid.CreateVersion7();

        public static async Task<Guid> Make(KeyedDb db)
        {
            var thing = new Thing();
            db.Things.Add(thing);
            await db.SaveChangesAsync();
            return thing.Id;
        }
    }

    internal abstract class KeyedDb(DbContextOptions options) : ServiceDb(options)
    {
        public DbSet<Thing> Things => Set<Thing>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            base.OnModelCreating(modelBuilder);
            modelBuilder.KeepAnswers();
        }

        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
            optionsBuilder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
    }

    internal sealed class PostgresKeyedDb(DbContextOptions<PostgresKeyedDb> options) : KeyedDb(options);

    internal sealed class SqliteKeyedDb(DbContextOptions<SqliteKeyedDb> options) : KeyedDb(options);
}
