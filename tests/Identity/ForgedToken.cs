using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Identity.Tests;

/// <summary>A token made with the issuer's own key: right in all that a test does not change.</summary>
internal static class ForgedToken
{
    public static string Forge(
        this IdentityApp app, string subject, string role, Guid? party = null, string kind = "", string scope = "api", TimeSpan? issued = null, TimeSpan? lives = null, string audience = "recruitment-api",
        string type = "at+jwt", string? issuer = null, SigningCredentials? with = null)
    {
        using var key = app.SigningKey();
        var at = TimeProvider.System.GetUtcNow().UtcDateTime + (issued ?? TimeSpan.Zero);
        var claims = new List<Claim> { new("sub", subject), new("role", role), new("scope", scope) };
        if (!subject.StartsWith("client:", StringComparison.Ordinal)) claims.Add(new("auth_time", new DateTimeOffset(at).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64));
        if (party is not null) claims.AddRange([new("party", party.Value.ToString()), new("party_kind", kind)]);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? app.Address.ToString(), Audience = audience, TokenType = type, IssuedAt = at, NotBefore = at, Expires = at + (lives ?? TimeSpan.FromMinutes(5)),
            Subject = new ClaimsIdentity(claims), SigningCredentials = with ?? Credentials(key),
        });
    }

    public static SigningCredentials Credentials(ECDsa key) => new(
        new ECDsaSecurityKey(key) { KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16], CryptoProviderFactory = new() { CacheSignatureProviders = false } }, SecurityAlgorithms.EcdsaSha256);
}
