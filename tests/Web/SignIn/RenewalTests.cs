using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Tests.SignIn;

public sealed class RenewalTests
{
    [Fact]
    public async Task What_the_issuer_says_of_a_token_ends_a_session()
    {
        var issuer = new Issuer { Status = HttpStatusCode.BadRequest };

        Assert.Null(await issuer.Renewals().For("used"));
    }

    [Fact]
    public async Task An_issuer_that_is_away_ends_no_session_and_is_asked_again()
    {
        var issuer = new Issuer { Status = HttpStatusCode.ServiceUnavailable };
        var renewals = issuer.Renewals();
        await Assert.ThrowsAsync<HttpRequestException>(() => renewals.For("good"));
        await Assert.ThrowsAsync<HttpRequestException>(() => renewals.For("good"));

        issuer.Status = HttpStatusCode.OK;

        Assert.Equal("new", (await renewals.For("good"))!.AccessToken);
    }

    [Fact]
    public async Task Two_pages_opened_together_renew_once()
    {
        var issuer = new Issuer();
        var renewals = issuer.Renewals();

        await Task.WhenAll(renewals.For("good"), renewals.For("good"));

        Assert.Equal(1, issuer.Asked);
    }

    /// <summary>Somebody else's token endpoint.</summary>
    private sealed class Issuer : HttpMessageHandler, IOptionsMonitor<OpenIdConnectOptions>
    {
        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;
        public int Asked { get; private set; }

        public OpenIdConnectOptions CurrentValue => new()
        {
            ClientId = "web", ClientSecret = "secret", Backchannel = new HttpClient(this, disposeHandler: false),
            ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(new() { TokenEndpoint = "https://issuer.example/token" }),
        };

        public Renewals Renewals() => new(this, TimeProvider.System);

        public OpenIdConnectOptions Get(string? name) => CurrentValue;

        public IDisposable? OnChange(Action<OpenIdConnectOptions, string?> listener) => null;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(Status) { Content = JsonContent.Create(new { access_token = "new", refresh_token = "next", expires_in = 45 }) });
        }
    }
}
