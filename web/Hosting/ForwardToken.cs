using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>Asks the services with the reader's own token, renewed shortly before it expires.</summary>
internal sealed class ForwardToken(IHttpContextAccessor http, IOptionsMonitor<OpenIdConnectOptions> oidc, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (http.HttpContext is { } context && !WorkerHost.Is(context.Request.Host) && await Token(context, cancellationToken) is { } token)
            request.Headers.Authorization = new("Bearer", token);
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<string?> Token(HttpContext context, CancellationToken stop)
    {
        var ticket = await context.AuthenticateAsync(SignIn.Cookie);
        if (!ticket.Succeeded) return null;

        var expires = DateTimeOffset.Parse(ticket.Properties.GetTokenValue("expires_at") ?? "2000-01-01T00:00:00Z", CultureInfo.InvariantCulture);
        if (expires > time.GetUtcNow().AddSeconds(30)) return ticket.Properties.GetTokenValue("access_token");
        return await Renew(context, ticket, stop);
    }

    private async Task<string?> Renew(HttpContext context, AuthenticateResult ticket, CancellationToken stop)
    {
        var options = oidc.Get(SignIn.Issuer);
        var configuration = await options.ConfigurationManager!.GetConfigurationAsync(stop);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "refresh_token",
            ["refresh_token"] = ticket.Properties!.GetTokenValue("refresh_token") ?? "",
            ["client_id"] = options.ClientId!,
            ["client_secret"] = options.ClientSecret!,
        });
        using var response = await options.Backchannel.PostAsync(new Uri(configuration.TokenEndpoint), form, stop);
        if (!response.IsSuccessStatusCode)
        {
            // The membership ended or the family was revoked: the reader signs in again.
            await context.SignOutAsync(SignIn.Cookie);
            return null;
        }
        var renewed = await response.Content.ReadFromJsonAsync<Answer>(stop);
        ticket.Properties!.UpdateTokenValue("access_token", renewed!.AccessToken);
        ticket.Properties!.UpdateTokenValue("refresh_token", renewed.RefreshToken ?? "");
        ticket.Properties!.UpdateTokenValue("expires_at", time.GetUtcNow().AddSeconds(renewed.ExpiresIn).ToString("o", CultureInfo.InvariantCulture));
        await context.SignInAsync(SignIn.Cookie, ticket.Principal!, ticket.Properties!);
        return renewed.AccessToken;
    }

    private sealed record Answer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("refresh_token")] string? RefreshToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
