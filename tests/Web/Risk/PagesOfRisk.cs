using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Tests.Risk;

/// <summary>The brand's pages alone, with a risk service that answers from here. Who may open them is tested with the whole web.</summary>
public sealed class PagesOfRisk : IAsyncLifetime
{
    private WebApplication app = null!;

    internal StubRisk Service { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRazorPages().AddApplicationPart(typeof(RiskClient).Assembly);
        builder.Services.AddDataProtection();
        builder.Services.AddOptions<PlatformOptions>();
        builder.Services.AddSingleton<Navigation>();
        builder.Services.AddAuthentication("web").AddCookie("web");
        builder.Services.AddSingleton(new RiskClient(new HttpClient(Service) { BaseAddress = new("http://risk/") }));
        app = builder.Build();
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

internal sealed class StubRisk : HttpMessageHandler
{
    public Dictionary<string, (HttpStatusCode Status, string Json)> Answers { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (status, json) = Answers.GetValueOrDefault(request.RequestUri!.PathAndQuery, (HttpStatusCode.NotFound, "{}"));
        return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
    }
}
