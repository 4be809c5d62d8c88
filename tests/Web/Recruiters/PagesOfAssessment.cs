using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;
using Recruitment.Web.Tests.SignIn;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>The pages of recruiters, auditors, administrators and the register, with services that answer from here. Who may open them is tested with the whole web.</summary>
public sealed partial class PagesOfAssessment : IAsyncLifetime
{
    private WebApplication app = null!;

    internal Answering Service { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The roles of whoever reads.</summary>
    public string[] ReaderRoles { get; set; } = [];

    /// <summary>So long ago whoever reads proved who it is.</summary>
    public TimeSpan SignedInAgo { get; set; }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPages().AddApplicationPart(typeof(AccreditationClient).Assembly);
        builder.Services.AddDataProtection();
        builder.Services.AddAuthentication().AddCookie("web");
        builder.Services.AddOptions<PlatformOptions>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BusinessClock>();
        builder.Services.AddSingleton<Navigation>();
        builder.Services.AddSingleton<Confirmation>();
        builder.Services.AddSingleton(new AccreditationClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new RegisterClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new SuppliersClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new ReleasesClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new GrievancesClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new IdentityClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new OrganisationClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new OversightClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new ProgramsClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new SignInProgramsClient(new HttpClient(Service) { BaseAddress = new("http://service/") }));
        builder.Services.AddSingleton(new DeadLettersClient(new Always(Service)));
        builder.Services.AddSingleton(new RepublishClient(new Always(Service)));
        builder.Services.AddSingleton(new WorkClient(new Always(Service)));
        builder.Services.AddSingleton(new AuditClient(new Always(Service)));
        app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity(ReaderRoles.Select(r => new Claim("role", r)).Append(new Claim("sub", "reader")).Append(SignedIn.Ago(SignedInAgo)), "test"));
            return next(context);
        });
        app.MapRazorPages();
        await app.StartAsync();
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new(app.Urls.First()) };
    }

    private sealed class Always(HttpMessageHandler service) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(service, disposeHandler: false) { BaseAddress = new("http://service/") };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    public async Task<string> Token(string page) => TokenField().Match(await Client.GetStringAsync(page)).Groups[1].Value;

    public async Task<HttpResponseMessage> Post(string page, string address, params (string Name, string Value)[] fields)
    {
        var all = fields.Append(("__RequestVerificationToken", await Token(page))).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return await Client.PostAsync(address, new FormUrlEncodedContent(all));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}

/// <summary>Other people's server: answers by method and path, and remembers what it was sent.</summary>
internal sealed class Answering : HttpMessageHandler
{
    public const string Scheme = """
        {"code":"own-standard","version":"1.0","title":"Own standard, informed by the published IRIS principles","caveat":"Not IRIS certification; not endorsed by IOM.",
         "principles":[{"code":"A","title":"Law","criteria":[{"code":"A1","title":"Operating lawfully","topic":"deception","indicators":[
          {"code":"A1-01","text":"A valid licence is held.","evidence":["document"],"zeroTolerance":true,"evidenceRequired":true}]}]},
          {"code":"B","title":"Conduct","criteria":[{"code":"B1","title":"Business","topic":"remedy","indicators":[
          {"code":"B1-01","text":"A commitment exists.","evidence":["document"],"zeroTolerance":false,"evidenceRequired":false}]}]}]}
        """;

    public static readonly Guid Id = Guid.Parse("0195a000-0000-7000-8000-0000000000aa");

    public static readonly Guid Evidence = Guid.Parse("0195a000-0000-7000-8000-0000000000ee");

    /// <summary>What a decision rests on, as the service shows it; later names count where a name comes twice.</summary>
    public static readonly string Basis = $$"""
        ,"auditSummary":"Two days on site.","answers":[{"indicator":"A1-01","value":"partly","why":null,"note":"Renewal is under way."}],
         "evidence":[{"id":"{{Evidence}}","indicator":"A1-01","description":"Operating licence","level":"document","extension":"pdf","size":1200,"sha256":"{{new string('a', 64)}}","destroyOn":"2028-11-25"}],
         "findings":[{"criterion":"A1","grade":"minor","text":"The licence ends in May.","evidenceLevel":"document","status":"open","closedWith":null}]
        """;

    public Dictionary<string, (HttpStatusCode Status, string Json)> Answers { get; } = new()
    {
        ["GET /api/v1/accreditation/scheme"] = (HttpStatusCode.OK, Scheme),
        ["GET /api/v1/accreditation/audit-bodies"] = (HttpStatusCode.OK, """{"items":[{"id":"0195a000-0000-7000-8000-0000000000bb","name":"Lotus Lane Assurance","country":"THA"}],"next":null}"""),
    };

    public List<(string Call, string Body)> Calls { get; } = [];

    /// <summary>Under which key and from which version each write came.</summary>
    public List<(string Call, string? Key, string? IfMatch)> Guards { get; } = [];

    /// <summary>Told of each call before it is answered, so that a test can let the world change meanwhile.</summary>
    public Action<string>? Asked { get; set; }

    private readonly List<string> lines = [];

    /// <summary>An application in a state, as the service would show it, and no other.</summary>
    public void Application(string state, string task = "none", string extra = "", string missing = "[]")
    {
        lines.Clear();
        And(Id, state, task, extra, missing: missing);
    }

    /// <summary>One more of the same recruiter.</summary>
    public void And(Guid id, string state, string task = "none", string extra = "", string line = "", string missing = "[]")
    {
        lines.Add($$"""{"id":"{{id}}","auditId":"{{id}}","recruiterName":"Saffron Bridge","country":"MMR","state":"{{state}}","corridors":["MMR-THA"],"answered":0,"indicators":2,"myTask":"{{task}}"{{line}}}""");
        Answers["GET /api/v1/accreditation/applications"] = (HttpStatusCode.OK, $$"""{"items":[{{string.Join(',', lines)}}],"next":null}""");
        Answers[$"GET /api/v1/accreditation/applications/{id}"] = (HttpStatusCode.OK,
            $$"""
            {"id":"{{id}}","auditId":"{{id}}","version":7,"recruiterName":"Saffron Bridge","country":"MMR","state":"{{state}}","schemeVersion":"1.0","corridors":["MMR-THA"],"sectors":["C10"],
             "answers":[],"evidence":[],"findings":[],"declarations":[],"history":[],"missing":{{missing}},"auditorIsWanted":{{(state == "eligible" ? "true" : "false")}}{{extra}}}
            """);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        Asked?.Invoke(call);
        if (request.Method != HttpMethod.Get)
        {
            Calls.Add((call, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            Guards.Add((call, Header("Idempotency-Key"), Header("If-Match")));
        }
        var (status, json) = Answers.GetValueOrDefault(call, request.Method == HttpMethod.Get ? (HttpStatusCode.NotFound, "") : (HttpStatusCode.NoContent, ""));
        return new(status) { Content = new StringContent(json, Encoding.UTF8, (int)status < 400 ? "application/json" : "application/problem+json") };

        string? Header(string name) => request.Headers.TryGetValues(name, out var values) ? values.Single() : null;
    }
}
