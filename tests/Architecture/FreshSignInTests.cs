using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Architecture.Tests;

/// <summary>Every act that somebody else before a screen left open must not do asks for a sign-in of the last minutes; docs/identity.md lists them, and what sounds like one and is none with its reason.</summary>
public sealed partial class FreshSignInTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-fresh-").FullName;
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
    public void Every_endpoint_that_sounds_like_such_an_act_asks_or_is_written_down_with_its_reason()
    {
        Assert.NotEmpty(OfApi);
        Assert.Empty(NotAsWrittenDown([.. OfApi.Select(e => new Act(NameOf(e), e.RoutePattern.RawText!, FreshSignIn.Of(e.Metadata)))], File.ReadAllLines(Path.Combine(Solution.Root, "docs", "identity.md"))));
    }

    [Fact]
    public void One_that_does_not_ask_one_that_is_not_listed_a_line_too_many_and_one_without_a_reason_are_found() => Assert.Equal(
        [
            "ExportPortfolio sounds like an act that asks for a fresh sign-in, does not ask, and has no reason", "DecideAll asks and is not listed", "IssueLicence is listed and does not ask",
            "GetUnlocked is listed as people's and is not", "SecretSanta has a reason and no need of one, or none that says anything", "ListSecrets has a reason and no need of one, or none that says anything",
        ],
        NotAsWrittenDown(
            [
                new("ExportPortfolio", "/api/v1/a/x", null), new("DecideAll", "/api/v1/a/decide", new(false)), new("IssueLicence", "/api/v1/a/y", null), new("GetUnlocked", "/api/v1/a/z", new(false)),
                new("Harmless", "/api/v1/a/harmless", null), new("ListSecrets", "/api/v1/a/secrets", null),
            ],
            ["| `IssueLicence` | issues | |", "| `GetUnlocked` | unlocks | people |", "* `SecretSanta`: gives nothing to anybody", "* `ListSecrets`: no"]));

    /// <summary>By the list of endpoints itself, whichever service they belong to.</summary>
    [Fact]
    public async Task Whoever_signed_in_too_long_ago_is_told_how_to_go_on_and_whoever_just_did_is_let_in()
    {
        foreach (var endpoint in Asking)
        {
            var old = await Send(endpoint, TimeSpan.FromMinutes(16));
            Assert.Equal((HttpStatusCode.Unauthorized, "urn:recruitment:sign-in-too-old"), (old.Status, old.Type));
            Assert.Equal("Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent sign-in is required\", max_age=\"900\"", old.Asked);

            Assert.NotEqual(HttpStatusCode.Unauthorized, (await Send(endpoint, TimeSpan.FromMinutes(14))).Status);
        }
    }

    [Fact]
    public async Task A_password_alone_is_not_enough_in_operation_however_new_the_sign_in_is()
    {
        foreach (var endpoint in Asking)
        {
            var weak = await Send(endpoint, TimeSpan.Zero, how: "pwd");

            Assert.Equal((HttpStatusCode.Unauthorized, "urn:recruitment:sign-in-too-weak"), (weak.Status, weak.Type));
            Assert.StartsWith("Bearer error=\"insufficient_user_authentication\"", weak.Asked, StringComparison.Ordinal);
            Assert.DoesNotContain("max_age", weak.Asked, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_program_is_no_way_round_it_where_people_decide_and_goes_by_its_scopes_elsewhere()
    {
        foreach (var endpoint in Asking)
        {
            var machine = await Send(endpoint, TimeSpan.Zero, "client:of-a-test");
            if (FreshSignIn.Of(endpoint.Metadata)!.OfPeopleAlone) Assert.Equal((HttpStatusCode.Forbidden, "urn:recruitment:people-only"), (machine.Status, machine.Type));
            else Assert.False(machine.Status is HttpStatusCode.Unauthorized || machine.Type is "urn:recruitment:people-only", NameOf(endpoint));

            var narrow = await Send(endpoint, TimeSpan.Zero, "client:of-a-test", scope: "scim");
            Assert.Equal(HttpStatusCode.Forbidden, narrow.Status);
        }
    }

    [Fact]
    public async Task Whoever_lacks_the_role_as_well_is_not_sent_to_sign_in_for_nothing()
    {
        foreach (var endpoint in Asking)
        {
            var refused = await Send(endpoint, TimeSpan.FromMinutes(16), role: "nobody");
            Assert.Equal((HttpStatusCode.Forbidden, "urn:recruitment:role-missing"), (refused.Status, refused.Type));
        }
    }

    /// <summary>An endpoint by the name of its operation, a service's own name left out where Platform gives it to several.</summary>
    private sealed record Act(string Name, string Route, FreshSignInNeeded? Needed);

    private IEnumerable<RouteEndpoint> OfApi => factory.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal) && e.Metadata.GetMetadata<IAllowAnonymous>() is null);

    private IReadOnlyList<RouteEndpoint> Asking
    {
        get
        {
            var asking = OfApi.Where(e => FreshSignIn.Of(e.Metadata) is not null).ToList();
            Assert.NotEmpty(asking);
            return asking;
        }
    }

    private static IReadOnlyList<string> NotAsWrittenDown(IReadOnlyList<Act> acts, IEnumerable<string> document)
    {
        var lines = document.ToList();
        var listed = lines.Select(l => Row().Match(l)).Where(m => m.Success).Select(m => (Name: m.Groups["name"].Value, OfPeople: m.Groups["whose"].Value == "people")).ToList();
        var reasons = lines.Select(l => Reason().Match(l)).Where(m => m.Success).Select(m => (Name: m.Groups["name"].Value, Says: m.Groups["reason"].Value)).ToList();
        return
        [
            .. acts.Where(a => a.Needed is null && Sounds().IsMatch($"{a.Name} {a.Route}") && reasons.All(r => r.Name != a.Name) && listed.All(l => l.Name != a.Name)).Select(a => $"{a.Name} sounds like an act that asks for a fresh sign-in, does not ask, and has no reason").Distinct(),
            .. acts.Where(a => a.Needed is not null && listed.All(l => l.Name != a.Name)).Select(a => $"{a.Name} asks and is not listed").Distinct(),
            .. listed.Where(l => !acts.Any(a => a.Name == l.Name && a.Needed is not null)).Select(l => $"{l.Name} is listed and does not ask"),
            .. listed.Where(l => acts.Any(a => a.Name == l.Name && a.Needed is { } needed && needed.OfPeopleAlone != l.OfPeople)).Select(l => $"{l.Name} is listed as {(l.OfPeople ? "people's" : "a program's too")} and is not"),
            .. reasons.Where(r => r.Says.Length < 12 || !acts.Any(a => a.Name == r.Name && a.Needed is null)).Select(r => $"{r.Name} has a reason and no need of one, or none that says anything"),
        ];
    }

    private static string NameOf(RouteEndpoint endpoint)
    {
        var (name, service) = (endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()!.EndpointName, endpoint.RoutePattern.RawText!.TrimStart('/').Split('/')[2]);
        return name.StartsWith(service, StringComparison.OrdinalIgnoreCase) ? $"{{service}}{name[service.Length..]}" : name;
    }

    private async Task<(HttpStatusCode Status, string? Type, string Asked)> Send(RouteEndpoint endpoint, TimeSpan provedAgo, string? subject = null, string how = "pwd otp", string scope = "api", string? role = null)
    {
        role ??= endpoint.Metadata.OfType<AuthorizationPolicy>().SelectMany(p => p.Requirements).OfType<RolesAuthorizationRequirement>().First().AllowedRoles.First();
        using var client = factory.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
            issuer.Token([role], Guid.CreateVersion7(), PartyKinds.AuditBody, subject ?? $"{Guid.CreateVersion7()}", scope: scope, provedAgo: provedAgo, how: how));
        var address = string.Join('/', endpoint.RoutePattern.PathSegments.Select(s => s.Parts is [RoutePatternParameterPart] ? $"{Guid.CreateVersion7()}" : string.Concat(s.Parts.OfType<RoutePatternLiteralPart>().Select(p => p.Content))));
        using var request = new HttpRequestMessage(new HttpMethod(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]), address);
        using var answer = await client.SendAsync(request);
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        return (answer.StatusCode, isProblem ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("type").GetString() : null, answer.Headers.WwwAuthenticate.ToString());
    }

    [GeneratedRegex("export|download|\\.csv|decide|decision|decid|approv|issue|revoc|unlock|sealed|secret|single-sign-on|[ /]status(-body)?$|/review$", RegexOptions.IgnoreCase)]
    private static partial Regex Sounds();

    [GeneratedRegex("^\\| `(?<name>[A-Z{][\\w}]*)` \\|[^|]*\\| (?<whose>people)?")]
    private static partial Regex Row();

    [GeneratedRegex("^\\* `(?<name>[\\w{}]+)`: (?<reason>.+)$")]
    private static partial Regex Reason();
}
