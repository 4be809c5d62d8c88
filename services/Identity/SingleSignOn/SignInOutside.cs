using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>Sends a browser to an organisation's provider: code flow with PKCE, state and nonce.</summary>
internal sealed class SignInOutside(ProviderMetadata providers, Errands errands, IOptions<PlatformOptions> platform)
{
    public string RedirectUri => $"{platform.Value.Issuer.TrimEnd('/')}/identity/sso/callback";

    /// <summary>The address at the provider. Anew: the provider is to have the reader prove it once more.</summary>
    /// <exception cref="ProviderFailedException">The provider is down, or not what it must be.</exception>
    public async Task<string> Begin(HttpContext http, OrganisationProvider provider, string? returnUrl, bool anew, string? hint, CancellationToken stop)
    {
        var configuration = await providers.Of(provider.Issuer, anew: false, stop);
        var errand = errands.Begin(http, provider.Id, returnUrl, anew);
        var request = new OpenIdConnectMessage
        {
            IssuerAddress = configuration.AuthorizationEndpoint,
            ClientId = provider.ClientId,
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = "openid email profile",
            RedirectUri = RedirectUri,
            State = errand.State,
            Nonce = errand.Nonce,
            LoginHint = hint,
            Prompt = anew ? "login" : null,
            MaxAge = anew ? "0" : null,
        };
        request.SetParameter("code_challenge", WebEncoders.Base64UrlEncode(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(errand.Verifier))));
        request.SetParameter("code_challenge_method", "S256");
        return request.CreateAuthenticationRequestUrl();
    }
}
