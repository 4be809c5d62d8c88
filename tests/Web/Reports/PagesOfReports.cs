using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;
using Recruitment.Web.Tests.SignIn;

namespace Recruitment.Web.Tests.Reports;

/// <summary>The pages of reports alone, with a reports service that answers from here. Who may open them is tested with the whole web.</summary>
public sealed class PagesOfReports : IAsyncLifetime
{
    private WebApplication app = null!;

    internal StubReports Service { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddPages().AddApplicationPart(typeof(ReportsClient).Assembly);
        builder.Services.AddDataProtection();
        builder.Services.AddAuthentication().AddCookie("web"); // the layout greets whoever is signed in; here nobody is
        builder.Services.AddOptions<PlatformOptions>();
        builder.Services.AddSingleton<Navigation>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Confirmation>();
        builder.Services.AddSingleton(new ReportsClient(new HttpClient(Service) { BaseAddress = new("http://reports/") }));
        builder.Services.AddSingleton(new RegisterClient(new HttpClient(Service) { BaseAddress = new("http://register/") }));
        builder.Services.AddSingleton(new AccreditationClient(new HttpClient(Service) { BaseAddress = new("http://accreditation/") }));
        app = builder.Build();
        app.Use((context, next) =>
        {
            context.User = new ClaimsPrincipal(new ClaimsIdentity([SignedIn.Ago(TimeSpan.Zero)]));
            return next(context);
        });
        app.MapRazorPages();
        await app.StartAsync();
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }
}

internal sealed class StubReports : HttpMessageHandler
{
    public Dictionary<string, (HttpStatusCode Status, string Json)> Answers { get; } = [];

    public string? LastBody { get; private set; }

    /// <summary>What the register says of the one recruiter; null when it does not answer.</summary>
    public (HttpStatusCode Status, string Json)? Register { get; set; } = (HttpStatusCode.NotFound, "");

    /// <summary>The service does not answer: a gateway says so with this, or the connection is refused.</summary>
    public bool IsAway { get; set; }
    public HttpStatusCode? Away { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.Host == "register")
            return Register is { } said ? new(said.Status) { Content = new StringContent(said.Json, Encoding.UTF8, "application/json") } : throw new HttpRequestException("Nobody listens there.");

        if (IsAway) return Away is { } instead ? new(instead) { Content = new StringContent("") } : throw new HttpRequestException(HttpRequestError.ConnectionError, "Nobody listens there.");

        LastBody = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        var (status, json) = Answers[$"{request.Method} {request.RequestUri.PathAndQuery}"];
        var type = (int)status < 400 ? "application/json" : "application/problem+json";
        return new(status) { Content = new StringContent(json, Encoding.UTF8, type) };
    }
}
