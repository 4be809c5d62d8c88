using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>Whom an organisation's provider has signed in, as its id token says.</summary>
internal sealed record OutsideIdentity(string Subject, string? Email, IReadOnlyList<string> Groups, DateTimeOffset? ProvedAt);

/// <summary>Reads what comes back from a provider: code for tokens, and the id token checked in every respect (OpenID Connect Core 3.1.3.7).</summary>
internal sealed class ReadOutsideIdentity(ProviderMetadata providers, Secrets secrets, IOptions<SingleSignOnOptions> options, TimeProvider time)
{
    /// <summary>With a key pair; a shared secret would let the provider's client make tokens, and none proves nothing.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <exception cref="ProviderFailedException">Any of it is not as it must be; the reason is for the log and names nobody.</exception>
    public async Task<OutsideIdentity> Read(OrganisationProvider provider, Errand errand, string code, string? issuer, string redirectUri, CancellationToken stop)
    {
        var configuration = await providers.Of(provider.Issuer, anew: false, stop);
        // RFC 9207: an answer that says whose it is must be this provider's.
        if (issuer is not null && issuer != provider.Issuer) throw new ProviderFailedException("The answer is another provider's.");
        var tokens = await providers.Redeem(configuration, provider.ClientId, provider.ClientSecret(secrets.GetKey(OrganisationProvider.Secret)), new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirectUri, ["code_verifier"] = errand.Verifier,
        }, stop);
        if (tokens.IdToken is not { Length: > 0 } idToken) throw new ProviderFailedException("The provider gave no id token.");

        var result = await Validate(idToken, provider, configuration);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException) result = await Validate(idToken, provider, await providers.Of(provider.Issuer, anew: true, stop));
        if (!result.IsValid) throw new ProviderFailedException("The provider's id token is not valid.", result.Exception);

        var said = result.ClaimsIdentity;
        if (said.FindFirst("nonce")?.Value != errand.Nonce) throw new ProviderFailedException("The id token was made for another sign-in.");
        if (said.FindAll("aud").Count() > 1 && said.FindFirst("azp")?.Value != provider.ClientId) throw new ProviderFailedException("The id token was made for another client.");
        if (said.FindFirst("sub")?.Value is not { Length: > 0 and <= 255 } subject) throw new ProviderFailedException("The id token names nobody.");
        // Where the provider says so itself, its word on the address is not taken.
        var email = said.FindFirst("email_verified") is { Value: "false" or "False" } ? null : said.FindFirst(provider.EmailClaim)?.Value;
        return new(subject, email, provider.GroupsClaim.Length == 0 ? [] : [.. said.FindAll(provider.GroupsClaim).Select(c => c.Value)], ProvedAt(said));
    }

    private Task<TokenValidationResult> Validate(string idToken, OrganisationProvider provider, OpenIdConnectConfiguration configuration) =>
        new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(idToken, new TokenValidationParameters
        {
            ValidIssuer = provider.Issuer,
            ValidAudience = provider.ClientId,
            IssuerSigningKeys = configuration.SigningKeys,
            ValidAlgorithms = Algorithms,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            ClockSkew = TimeSpan.FromSeconds(options.Value.ClockSkewSeconds),
            LifetimeValidator = IsNow,
        });

    /// <summary>By the clock that security goes by, which tests can set.</summary>
    private bool IsNow(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters how)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is not null && now < until.Value + how.ClockSkew && (from is null || now >= from.Value - how.ClockSkew);
    }

    private static DateTimeOffset? ProvedAt(ClaimsIdentity said) =>
        long.TryParse(said.FindFirst("auth_time")?.Value, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
