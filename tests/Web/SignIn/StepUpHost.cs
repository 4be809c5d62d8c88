using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recruitment.Testing;
using Recruitment.Web.Clients;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.SignIn;

/// <summary>The whole web before services that take a sensitive act only from a token of the last minutes.</summary>
public sealed partial class StepUpHost : IAsyncLifetime
{
    private const string Fresh = "fresh", Old = "old";
    private ServiceHost<Program> host = null!;

    internal Answering Service { get; } = new();

    /// <summary>What the services did.</summary>
    public List<string> Done { get; } = [];

    /// <summary>As when an issuer never says when somebody signed in.</summary>
    public bool RefusesAll { get; set; }

    public async ValueTask InitializeAsync()
    {
        const string identity = "/api/v1/identity/", nothing = """{"items":[],"next":null}""";
        foreach (var list in (string[])["claims", "overdue-reviews", "clients", "sign-in-clients", "people", "domains"]) Service.Answers[$"GET {identity}{list}"] = (HttpStatusCode.OK, nothing);
        Service.Answers[$"GET {identity}organisations/00000000-0000-0000-0000-000000000000"] = (HttpStatusCode.OK, """{"partyId":"00000000-0000-0000-0000-000000000000","kind":"supplier","claim":"verified","roles":["supplier_user"],"owners":1,"people":1,"reviewId":null,"reviewDueOn":null}""");
        Service.Answers[$"GET {identity}single-sign-on"] = (HttpStatusCode.OK, """{"redirectUri":"http://localhost/identity/sso/callback","issuer":null,"clientId":null,"emailClaim":null,"groupsClaim":null,"justInTime":false,"forced":false,"version":0}""");
        Service.Answers[$"GET {identity}provisioning"] = (HttpStatusCode.OK, """{"on":false,"address":"","roleOfAll":null,"groups":[],"roles":[],"users":0,"version":0}""");
        Service.Answers[$"GET {identity}role-requests"] = Service.Answers[$"GET {identity}role-requests?cursor={Answering.Id}"] = (HttpStatusCode.OK, """{"isAlone":false,"items":[],"next":null}""");
        Service.Answers["GET /api/v1/suppliers/audit/export?format=csv"] = (HttpStatusCode.OK, "Id");
        host = await ServiceHost<Program>.Start("web", services: services =>
        {
            foreach (var client in (Type[])[typeof(AccreditationClient), typeof(IdentityClient), typeof(OrganisationClient), typeof(OwnSignInClient), typeof(ProgramsClient), typeof(SignInProgramsClient), typeof(OversightClient), typeof(SuppliersClient)])
                services.AddHttpClient(client.FullName!).ConfigurePrimaryHttpMessageHandler(() => new Judging(this));
            foreach (var service in AuditClient.Services) services.AddHttpClient(AuditClient.NameOf(service)).ConfigurePrimaryHttpMessageHandler(() => new Judging(this));
        });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>Somebody's browser, or that same one after signing in again.</summary>
    public async Task<Browser> SignedIn(int minutesAgo, string role, Browser? before = null)
    {
        var cookie = host.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get("web");
        var properties = new AuthenticationProperties();
        properties.StoreTokens([new() { Name = "access_token", Value = minutesAgo > 15 ? Old : Fresh }, new() { Name = "expires_at", Value = "2099-01-01T00:00:00Z" }]);
        var person = new ClaimsPrincipal(new ClaimsIdentity([new("sub", "somebody"), new("role", role), SignIn.SignedIn.Ago(TimeSpan.FromMinutes(minutesAgo))], "web"));
        var key = await cookie.SessionStore!.StoreAsync(new AuthenticationTicket(person, properties, "web"));
        var named = new ClaimsPrincipal(new ClaimsIdentity([new Claim("Microsoft.AspNetCore.Authentication.Cookies-SessionId", key)], "web"));
        return new(host.Anonymous(), $"recruitment={cookie.TicketDataFormat.Protect(new AuthenticationTicket(named, "web"))}", before?.Others ?? []);
    }

    /// <summary>The fields that a form has filled in by itself.</summary>
    public static (string Name, string Value)[] Fields(string page) => [.. Hidden().Matches(page).Select(m => m.Value).Select(i => (Attribute(i, "name"), Attribute(i, "value")))];

    private static string Attribute(string input, string name) => WebUtility.HtmlDecode(Regex.Match(input, $" {name}=\"([^\"]*)\"").Groups[1].Value);

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();

    private sealed class Judging(StepUpHost web) : DelegatingHandler(new Passing(web.Service))
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isSensitive = request.Method != HttpMethod.Get || request.RequestUri!.AbsolutePath.EndsWith("/export", StringComparison.Ordinal);
            if (isSensitive && (web.RefusesAll || request.Headers.Authorization?.Parameter != Fresh))
            {
                var refused = new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("""{"type":"urn:recruitment:sign-in-too-old"}""", Encoding.UTF8, "application/problem+json") };
                refused.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent sign-in is required\", max_age=\"900\"");
                return refused;
            }
            if (request.Content is not null) web.Done.Add(await request.Content.ReadAsStringAsync(cancellationToken));
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>One server for many clients.</summary>
    private sealed class Passing(HttpMessageHandler to) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker server = new(to, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => server.SendAsync(request, cancellationToken);
    }

    /// <summary>Keeps the cookie of forms, and that of one sign-in.</summary>
    public sealed class Browser(HttpClient http, string session, Dictionary<string, string> others)
    {
        public Dictionary<string, string> Others { get; } = others;

        public Task<HttpResponseMessage> Get(string path) => Send(new(HttpMethod.Get, new Uri(path, UriKind.Relative)));

        public async Task<string> Page(string path)
        {
            using var answer = await Get(path);
            return await answer.Content.ReadAsStringAsync();
        }

        public Task<HttpResponseMessage> Post(string path, IEnumerable<(string Name, string Value)> fields)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
            request.Headers.Add("Origin", "http://localhost");
            return Send(request);
        }

        private async Task<HttpResponseMessage> Send(HttpRequestMessage request)
        {
            using var sent = request;
            sent.Headers.Add("Cookie", string.Join("; ", Others.Select(o => $"{o.Key}={o.Value}").Prepend(session)));
            var answer = await http.SendAsync(sent);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set.Select(c => c.Split(';')[0].Split('=', 2)).Where(c => c[0] != "recruitment")) Others[cookie[0]] = cookie[1];
            return answer;
        }
    }
}
