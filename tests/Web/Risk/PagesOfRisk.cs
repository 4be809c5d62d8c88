using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Tests.Risk;

/// <summary>The pages of brands, suppliers and administrators alone, with services that answer from here. Who may open them is tested with the whole web.</summary>
public sealed partial class PagesOfRisk : IAsyncLifetime
{
    private WebApplication app = null!;

    internal StubRisk Service { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPages().AddApplicationPart(typeof(RiskClient).Assembly);
        builder.Services.AddDataProtection();
        builder.Services.AddOptions<PlatformOptions>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<BusinessClock>();
        builder.Services.AddSingleton<Navigation>();
        builder.Services.AddAuthentication("web").AddCookie("web");
        builder.Services.AddSingleton(new RiskClient(new HttpClient(Service) { BaseAddress = new("http://risk/") }));
        builder.Services.AddSingleton(new SuppliersClient(new HttpClient(Service) { BaseAddress = new("http://suppliers/") }));
        builder.Services.AddSingleton(new GrievancesClient(new HttpClient(Service) { BaseAddress = new("http://grievances/") }));
        builder.Services.AddSingleton(new IdentityClient(new HttpClient(Service) { BaseAddress = new("http://identity/") }));
        app = builder.Build();
        app.MapRazorPages();
        await app.StartAsync();
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.First()) };
    }

    /// <summary>The token of the form on a page; its cookie stays with the client.</summary>
    public async Task<string> Token(string page) => TokenField().Match(await Client.GetStringAsync(new Uri(page, UriKind.Relative))).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}

internal sealed class StubRisk : HttpMessageHandler
{
    public Dictionary<string, (HttpStatusCode Status, string Json)> Answers { get; } = [];

    /// <summary>What was sent to it.</summary>
    public List<(string Call, string Body)> Calls { get; } = [];

    /// <summary>Under which key and from which version each of them was sent.</summary>
    public List<(string Call, string? Key, string? IfMatch)> Guards { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Get)
        {
            Guards.Add(($"{request.Method} {request.RequestUri!.PathAndQuery}", Header("Idempotency-Key"), Header("If-Match")));
            Calls.Add(($"{request.Method} {request.RequestUri!.PathAndQuery}", request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : ""));
        }
        var (status, json) = Answers.GetValueOrDefault(request.RequestUri!.PathAndQuery, (HttpStatusCode.NotFound, "{}"));
        return new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, (int)status < 400 ? "application/json" : "application/problem+json") };

        string? Header(string name) => request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
    }
}
