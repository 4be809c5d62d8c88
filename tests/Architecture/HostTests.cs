using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Architecture.Tests;

/// <summary>The embedded host as it really starts: its endpoints and who hears what.</summary>
public sealed class HostTests : IClassFixture<HostTests.Host>
{
    private readonly Host host;

    public HostTests(Host host) => this.host = host;

    /// <remarks>Static assets of an unpublished build have a catch-all of their own that says nothing; the fallback policy keeps it closed.</remarks>
    [Fact]
    public void Every_endpoint_says_who_may_use_it() =>
        Assert.Empty(WithoutAccess(host.Endpoints.Where(e => e.RoutePattern.RawText != "{**path:file}")));

    [Fact]
    public void An_endpoint_that_says_nothing_is_found() => Assert.Single(WithoutAccess([Endpoint("/forgotten")]));

    [Fact]
    public void Anonymous_endpoints_are_those_of_the_committed_list()
    {
        var anonymous = Anonymous(host.Endpoints);

        Assert.Equal(Solution.Lines("anonymous-endpoints.txt", anonymous), anonymous);
    }

    [Fact]
    public void An_endpoint_opened_to_strangers_shows_in_the_list() =>
        Assert.Equal(["ANY /opened"], Anonymous([Endpoint("/opened", new AllowAnonymousAttribute()), Endpoint("/closed", new AuthorizeAttribute())]));

    [Fact]
    public async Task An_endpoint_that_says_nothing_is_closed_to_everybody_with_whatever_role()
    {
        var policy = await host.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        var everything = new ClaimsPrincipal(new ClaimsIdentity(Roles.OfPeople.Append(Roles.Service).Select(role => new Claim("role", role)), Access.Scheme));

        Assert.False((await host.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(everything, null, policy!)).Succeeded);
        Assert.Equal([Access.Scheme], policy!.AuthenticationSchemes);
    }

    [Fact]
    public void Every_prefix_is_in_the_gateways_table_and_the_reverse()
    {
        var routed = Gateway.Routes.Table.Select(r => r.Prefix).Where(p => p.StartsWith("/api/v1/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(routed, Prefixes(host.Endpoints));
    }

    [Fact]
    public void A_prefix_that_the_gateway_does_not_know_is_found() =>
        Assert.Equal(["/api/v1/forgotten"], Prefixes([Endpoint("/api/v1/forgotten/things/{id}")]).Except(Gateway.Routes.Table.Select(r => r.Prefix)));

    [Fact]
    public void Who_hears_what_is_as_written_down()
    {
        var heard = Heard(host.Services.GetRequiredService<Subscriptions>());

        Assert.Equal(Solution.Lines("messages.txt", heard), heard);
    }

    [Fact]
    public void What_each_service_may_do_at_the_broker_is_as_written_down()
    {
        var accounts = BrokerAccounts.Of(host.Services.GetRequiredService<Subscriptions>());

        Assert.Equal(Solution.Lines("broker-accounts.txt", accounts), accounts);
    }

    [Fact]
    public void Where_each_event_goes_is_as_written_down()
    {
        var queues = BrokerAccounts.Queues(host.Services.GetRequiredService<Subscriptions>());

        Assert.Equal(Solution.Lines("broker-queues.txt", queues), queues);
    }

    [Fact]
    public void Every_program_with_a_database_is_among_the_names_that_settings_may_have() =>
        Assert.Equal(Solution.Services.Keys.Append("Web").Select(s => s.ToLowerInvariant()).Order(StringComparer.Ordinal), KnownSettings.Programs.Order(StringComparer.Ordinal));

    [Fact]
    public void A_consumer_that_nobody_wrote_down_shows()
    {
        var subscriptions = new Subscriptions();
        subscriptions.Add<RelateWhenPartyChanged, Contracts.Suppliers.PartyChanged, SqliteForgottenDb>(e => new(e.PartyId, e.Epoch, e.Sequence));

        Assert.Single(Heard(subscriptions).Except(Solution.Lines("messages.txt")));
    }

    [Fact]
    public void Every_event_is_made_by_its_publisher_and_by_nobody_else()
    {
        var events = Solution.All["Contracts"].GetExportedTypes().Where(t => t.GetProperty("Epoch") is not null).ToList();

        Assert.Empty(Solution.Services.SelectMany(s => Rules.ForeignEvents(s.Key, Rules.Made(s.Value))));
        Assert.Empty(events.Except(Solution.Services.Values.SelectMany(Rules.Made)));
    }

    [Fact]
    public void An_event_made_by_another_is_found()
    {
        var made = Rules.Made(typeof(HostTests).Assembly);

        Assert.Equal(["Risk makes PartyChanged"], Rules.ForeignEvents("Risk", made));
    }

    [Fact]
    public void Every_model_has_its_migrations_on_both_databases()
    {
        var drifted = Solution.Services.Values.Append(Solution.All["Web"])
            .SelectMany(a => a.GetTypes()).Where(t => t.IsSealed && t.IsAssignableTo(typeof(ServiceDb)))
            .Where(Drifted).Select(t => t.Name);

        Assert.Empty(drifted);
    }

    [Fact]
    public void A_model_without_its_migration_is_found() => Assert.True(Drifted(typeof(SqliteForgottenDb)));

    private static bool Drifted(Type context)
    {
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(context))!;
        _ = context.Name.StartsWith("Postgres", StringComparison.Ordinal) ? builder.UseNpgsql("Host=nowhere") : builder.UseSqlite("Data Source=:memory:");
        using var db = (DbContext)Activator.CreateInstance(context, builder.Options)!;
        return db.Database.HasPendingModelChanges();
    }

    private static IEnumerable<string> WithoutAccess(IEnumerable<RouteEndpoint> endpoints) => endpoints
        .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null
            && e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<AuthorizationPolicy>() is null)
        .Select(Describe);

    private static List<string> Anonymous(IEnumerable<RouteEndpoint> endpoints) =>
    [
        .. endpoints.Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Describe)
            .Where(line => !line.Contains("/css/", StringComparison.Ordinal) && !line.Contains("/js/", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Prefixes(IEnumerable<RouteEndpoint> endpoints) => endpoints
        .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Where(p => p.StartsWith("/api/v1/", StringComparison.Ordinal))
        .Select(p => string.Join('/', p.Split('/').Take(4))).Distinct().Order(StringComparer.Ordinal);

    private static List<string> Heard(Subscriptions subscriptions) =>
    [
        .. subscriptions.All.Select(s => $"{s.EventType.Namespace!.Split('.')[2]} -> {s.EventType.Name} -> {s.ConsumerType.FullName!["Recruitment.".Length..]}")
            .Order(StringComparer.Ordinal),
    ];

    private static string Describe(RouteEndpoint endpoint)
    {
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return $"{(methods.Count == 0 ? "ANY" : string.Join(',', methods.Order(StringComparer.Ordinal)))} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";
    }

    private static RouteEndpoint Endpoint(string path, params object[] metadata) =>
        new(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse(path), 0, new(metadata), path);

    /// <summary>Says what belongs to Suppliers.</summary>
    private static Contracts.Suppliers.PartyChanged Pretend() =>
        new() { PartyId = Guid.Empty, Epoch = 1, Sequence = 1, Kind = "brand", Name = "Nobody", Country = "THA", Status = "active" };

    private sealed class RelateWhenPartyChanged : IConsumes<Contracts.Suppliers.PartyChanged>
    {
        public Task Consume(Contracts.Suppliers.PartyChanged happened, CancellationToken stop) => Task.FromResult(Pretend());
    }

    private sealed class SqliteForgottenDb(DbContextOptions<SqliteForgottenDb> options) : ServiceDb(options);

    public sealed class Host : IAsyncDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("recruitment-architecture-").FullName;
        private readonly WebApplicationFactory<AllInOne.Program> factory;

        public Host()
        {
            factory = new WebApplicationFactory<AllInOne.Program>().WithWebHostBuilder(web =>
            {
                web.UseSetting("DataFolder", folder);
                web.UseSetting("environment", "Production");
                web.UseSetting("Mode", "operation");
                web.UseSetting("urls", "http://localhost");
            });
            Services = factory.Services;
        }

        public IServiceProvider Services { get; }

        public IReadOnlyList<RouteEndpoint> Endpoints => [.. Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()];

        public async ValueTask DisposeAsync()
        {
            await factory.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
