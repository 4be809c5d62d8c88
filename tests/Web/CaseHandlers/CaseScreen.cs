using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Recruitment.Platform;
using Recruitment.Testing;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;
using Recruitment.Web.Tests.SignIn;

namespace Recruitment.Web.Tests.CaseHandlers;

/// <summary>The case handler's pages in a real browser, with the real service behind them. Who may open them is tested with the whole web.</summary>
public sealed class CaseScreen : IAsyncLifetime
{
    internal const string Passphrase = "sixteen letters or more";
    internal static readonly Guid Operator = Guid.CreateVersion7();
    private ServiceHost<Grievances.Program> grievances = null!;
    private WebApplication app = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    internal Recorder Sent { get; private set; } = null!;
    internal HttpClient Worker => grievances.Anonymous();
    internal HttpClient Reader => grievances.Client(Roles.CaseHandler, Operator, PartyKinds.Operator, "mai");
    internal HttpClient LongSignedIn => grievances.Client(Roles.CaseHandler, Operator, PartyKinds.Operator, "mai", TimeSpan.FromMinutes(16));
    internal HttpClient Administrator => grievances.Client(Roles.Administrator, Operator, PartyKinds.Operator);
    internal string Address => app.Urls.First();

    public async ValueTask InitializeAsync()
    {
        grievances = await ServiceHost<Grievances.Program>.Start("grievances", services: replaced => replaced
            .AddHttpClient("Recruitment.Grievances.SuppliersClient").ConfigurePrimaryHttpMessageHandler(() => new OneEntryDirectory()));
        Sent = new Recorder(Reader);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPages().AddApplicationPart(typeof(GrievancesClient).Assembly);
        builder.Services.AddDataProtection();
        builder.Services.AddAuthentication().AddCookie("web"); // the layout greets whoever is signed in; here nobody is
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<Recruitment.Web.Hosting.Navigation>();
        builder.Services.AddOptions<PlatformOptions>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Confirmation>();
        builder.Services.AddSingleton(new GrievancesClient(new HttpClient(Sent) { BaseAddress = new("http://grievances/") }));
        app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([SignedIn.Ago(TimeSpan.Zero)]));
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.Combine(Repository.Root, "web", "wwwroot")) });
        app.MapRazorPages();
        await app.StartAsync();

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium-headless-shell", Args = ["--no-sandbox"] });
    }

    internal async Task<IPage> Open(string path)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(Address + path);
        return page;
    }

    internal async Task<string> File(string text, string? handlerWish = null, string? interpreterWish = null)
    {
        using var made = await Worker.PostAsync(new Uri("/api/v1/grievances/receipts", UriKind.Relative), null);
        var receipt = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("receipt").GetString()!;
        using var filed = await Worker.PostAsJsonAsync("/api/v1/grievances", new { receipt, language = "en", text, handlerWish, interpreterWish, formId = Guid.CreateVersion7() });
        filed.EnsureSuccessStatusCode();
        return receipt;
    }

    /// <summary>Another reader; with a party, of another independent operator and so without a tie to the one where the others work.</summary>
    internal HttpClient Colleague(string name, Guid? party = null) => grievances.Client(Roles.CaseHandler, party ?? Operator, PartyKinds.Operator, name);

    /// <summary>A key wrapped as the browser wraps it; whoever has one keeps it.</summary>
    internal static async Task<HpkeKeyPair> Register(HttpClient reader)
    {
        var keys = Hpke.NewKeyPair();
        var (salt, nonce) = (RandomNumberGenerator.GetBytes(16), RandomNumberGenerator.GetBytes(12));
        var (ciphertext, tag) = (new byte[32], new byte[16]);
        using (var aes = new AesGcm(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Passphrase), salt, 600_000, HashAlgorithmName.SHA256, 32), 16)) aes.Encrypt(nonce, keys.PrivateKey, ciphertext, tag);
        using var made = await reader.PostAsJsonAsync("/api/v1/grievances/readers", new
        {
            publicKey = keys.PublicKey,
            wrappedKey = new { kdf = "PBKDF2-HMAC-SHA256", iterations = 600_000, salt, cipher = "AES-256-GCM", nonce, ciphertext = (byte[])[.. ciphertext, .. tag] },
        });
        Assert.True(made.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Conflict, made.StatusCode.ToString());
        return keys;
    }

    internal async Task AssignIntake(HttpClient? reader = null)
    {
        var me = await (reader ?? Reader).GetFromJsonAsync<JsonElement>("/api/v1/grievances/readers/me");
        using var assigned = await Administrator.PutAsJsonAsync($"/api/v1/grievances/readers/{me.GetProperty("id").GetGuid()}/intake", new { intake = true });
        assigned.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
        await app.DisposeAsync();
        await grievances.DisposeAsync();
    }
}

/// <summary>Everything that the pages send to the service, word for word.</summary>
internal sealed class Recorder(HttpClient service) : HttpMessageHandler
{
    public List<string> Bodies { get; } = [];

    /// <summary>As when the token has run out.</summary>
    public bool SignedOut { get; set; }

    /// <summary>Asked in place of the service's own reader: somebody whose sign-in is too long ago.</summary>
    public HttpClient? Instead { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (SignedOut) return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        using var passed = new HttpRequestMessage(request.Method, request.RequestUri!.PathAndQuery);
        if (request.Content is not null)
        {
            var body = await request.Content.ReadAsStringAsync(cancellationToken);
            Bodies.Add(body);
            passed.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }
        if (request.Headers.IfMatch.Count > 0) passed.Headers.TryAddWithoutValidation("If-Match", request.Headers.IfMatch.ToString());
        return await (Instead ?? service).SendAsync(passed, cancellationToken);
    }
}

/// <summary>Suppliers with one entry, "The office", which is the operator itself: all who work there are bound to it.</summary>
internal sealed class OneEntryDirectory : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        object answer = request.RequestUri!.AbsolutePath.EndsWith("/directory", StringComparison.Ordinal)
            ? new[] { new { kind = "recruiter", id = CaseScreen.Operator, name = "The office" } }
            : new { partyIds = new[] { CaseScreen.Operator } };
        return Task.FromResult(new HttpResponseMessage { Content = JsonContent.Create(answer) });
    }
}
