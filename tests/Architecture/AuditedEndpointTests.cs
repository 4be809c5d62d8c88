using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Architecture.Tests;

/// <summary>No endpoint of any service escapes its audit trail; the table of them is the list of endpoints itself.</summary>
public sealed class AuditedEndpointTests : IAsyncLifetime
{
    private static readonly string[] Safe = ["GET", "HEAD", "OPTIONS"];
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-audited-").FullName;
    private TestIssuer issuer = null!;
    private WebApplicationFactory<AllInOne.Program> factory = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await TestIssuer.Start();
        factory = new WebApplicationFactory<AllInOne.Program>().WithWebHostBuilder(web =>
        {
            web.UseSetting("DataFolder", folder);
            web.UseSetting("Mode", "operation");
            web.UseSetting("urls", "http://localhost");
            web.UseSetting("Issuer", issuer.Address);
            web.UseSetting("Audit:RefusalsAMinute", "1000");
        });
    }

    public async ValueTask DisposeAsync()
    {
        await factory.DisposeAsync();
        await issuer.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Every_endpoint_that_may_change_something_is_audited_under_a_name()
    {
        Assert.NotEmpty(OfApi);
        Assert.Empty(Escaping(OfApi));
    }

    [Fact]
    public void One_that_is_mapped_beside_its_service_or_has_no_name_is_found()
    {
        var escaped = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/v1/risk/forgotten"), 0, new(new HttpMethodMetadata(["POST"]), new AuthorizeAttribute()), "forgotten");
        var open = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/v1/risk/open"), 0, new(new HttpMethodMetadata(["POST"]), new AllowAnonymousAttribute()), "open");
        var reading = new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse("/api/v1/risk/read"), 0, new(new HttpMethodMetadata(["GET"]), new AuthorizeAttribute()), "reading");

        Assert.Equal(["/api/v1/risk/forgotten"], Escaping([escaped, open, reading]));
    }

    [Fact]
    public async Task Whoever_tries_any_of_them_without_the_role_stands_in_the_trail_with_what_was_tried_and_of_cases_nothing_more()
    {
        var missing = new List<string>();
        foreach (var endpoint in OfApi.Where(AuditTrail.IsAudited))
        {
            var subject = $"{Guid.CreateVersion7()}";
            using var client = factory.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer.Token(["nobody"], Guid.CreateVersion7(), PartyKinds.Brand, subject, session: "s"));
            using var request = new HttpRequestMessage(new HttpMethod(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]), Address(endpoint));
            using var answer = await client.SendAsync(request);

            var (service, entries) = await EntriesOf(endpoint, subject);
            var name = AuditTrail.NameOf(endpoint);
            if (answer.StatusCode != HttpStatusCode.Forbidden || entries is not [{ Outcome: not AuditEntry.Done } entry] || entry.What != name) missing.Add($"{name} ({(int)answer.StatusCode}): {entries.Count}");
            else if (service == "grievances" && (entry.About.Length > 0 || entry.At.TimeOfDay != TimeSpan.Zero || IsOfCase(endpoint) && (entry.What != "WorkOnCase" || entry.Session is not null || entry.Outcome != "refused"))) missing.Add($"{name} tells of a case");
        }
        Assert.Empty(missing);
    }

    /// <summary>Service by service, in the one process that has them all; on PostgreSQL each service's own tests ask the same of its own account.</summary>
    [Fact]
    public async Task No_service_can_change_or_take_away_an_entry_in_its_trail()
    {
        var stop = TestContext.Current.CancellationToken;
        var services = Solution.Services.Values.Select(a => a.GetTypes().Single(t => t.IsAbstract && t.BaseType == typeof(ServiceDb))).ToList();
        Assert.Equal(7, services.Count);
        foreach (var type in services)
        {
            await using var scope = factory.Services.CreateAsyncScope();
            Assert.Empty(await AuditTrails.NotRefused((ServiceDb)scope.ServiceProvider.GetRequiredService(type), stop));
        }
    }

    /// <summary>One statement that changes something and no save around it: its entry would be another commit.</summary>
    [Fact]
    public void Every_slice_that_changes_rows_by_a_statement_saves_with_it()
    {
        var slices = Directory.EnumerateFiles(Path.Combine(Solution.Root, "services"), "*.cs", SearchOption.AllDirectories).Select(f => (Name: Path.GetFileName(f), Text: File.ReadAllText(f)));

        Assert.Empty(StatementsAlone(slices));
    }

    [Fact]
    public void A_slice_with_a_statement_alone_is_found() => Assert.Equal(["Bad.cs"], StatementsAlone(
    [
        ("Bad.cs", "group.MapPost(\"\", Handle); await db.Things.ExecuteDeleteAsync(stop);"), ("Good.cs", "group.MapPost(\"\", Handle); await db.WithItsEntry(() => db.Things.ExecuteDeleteAsync(stop), stop);"),
        ("Saves.cs", "group.MapPut(\"\", Handle); await db.Things.ExecuteDeleteAsync(stop); await db.SaveChangesAsync(stop);"), ("Reads.cs", "group.MapGet(\"\", Handle);"),
    ]));

    private IEnumerable<RouteEndpoint> OfApi => factory.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal));

    private static IEnumerable<string> Escaping(IEnumerable<RouteEndpoint> endpoints) => endpoints
        .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null && !(e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).All(m => Safe.Contains(m)))
        .Where(e => !AuditTrail.IsAudited(e) || AuditTrail.NameOf(e) is not { Length: > 0 }).Select(e => e.RoutePattern.RawText!);

    private static IEnumerable<string> StatementsAlone(IEnumerable<(string Name, string Text)> slices) => slices
        .Where(s => new[] { ".MapPost(", ".MapPut(", ".MapDelete(", ".MapPatch(" }.Any(m => s.Text.Contains(m, StringComparison.Ordinal)))
        .Where(s => new[] { "ExecuteUpdateAsync(", "ExecuteDeleteAsync(", "ExecuteSqlAsync(" }.Any(m => s.Text.Contains(m, StringComparison.Ordinal)))
        .Where(s => !s.Text.Contains("SaveChangesAsync(", StringComparison.Ordinal) && !s.Text.Contains("WithItsEntry(", StringComparison.Ordinal)).Select(s => s.Name);

    private static bool IsOfCase(RouteEndpoint endpoint) => endpoint.RoutePattern.RawText!.Contains("grievances/{id:guid}", StringComparison.Ordinal);

    private static string Address(RouteEndpoint endpoint) => string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => s.Parts is [RoutePatternParameterPart] ? $"{Guid.CreateVersion7()}" : string.Concat(s.Parts.OfType<RoutePatternLiteralPart>().Select(p => p.Content))));

    private async Task<(string Service, List<AuditEntry> Entries)> EntriesOf(RouteEndpoint endpoint, string subject)
    {
        var service = endpoint.RoutePattern.RawText!.TrimStart('/').Split('/')[2];
        var type = Solution.Services.Single(s => s.Key.Equals(service, StringComparison.OrdinalIgnoreCase)).Value.GetTypes().Single(t => t.IsAbstract && t.BaseType == typeof(ServiceDb));
        await using var scope = factory.Services.CreateAsyncScope();
        return (service, await ((ServiceDb)scope.ServiceProvider.GetRequiredService(type)).Set<AuditEntry>().AsNoTracking().Where(e => e.Who == subject).ToListAsync());
    }
}
