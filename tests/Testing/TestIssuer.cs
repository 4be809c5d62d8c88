using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Testing;

/// <summary>A standard issuer on loopback: discovery, keys and tokens. Services under test know nothing else of identity.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };
    private readonly WebApplication app;

    private TestIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address, jwks_uri = $"{Address}/jwks", token_endpoint = $"{Address}/token",
            authorization_endpoint = $"{Address}/authorize", end_session_endpoint = $"{Address}/end-session",
        }));
        app.MapGet("/jwks", () =>
        {
            var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
            return Results.Json(new { keys = new[] { new { kty = jwk.Kty, crv = jwk.Crv, x = jwk.X, y = jwk.Y, kid = jwk.Kid, alg = "ES256", use = "sig" } } });
        });
        app.MapPost("/token", () => Results.Json(new { access_token = Token(["service"], null, "", "client:service"), token_type = "Bearer", expires_in = 300 }));
    }

    public string Address => app.Urls.First();

    public static async Task<TestIssuer> Start()
    {
        var issuer = new TestIssuer();
        await issuer.app.StartAsync();
        return issuer;
    }

    /// <summary>An access token as Identity would issue it to somebody who has just signed in with two steps; the last arguments make a wrong one.</summary>
    public string Token(IEnumerable<string> roles, Guid? party, string kind, string subject,
        string audience = "recruitment-api", string type = "at+jwt", TimeSpan? age = null, string? session = null, string scope = "api", TimeSpan? provedAgo = null, string how = "pwd otp")
    {
        var issued = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        var claims = new List<Claim> { new("sub", subject) };
        claims.AddRange(roles.Select(role => new Claim("role", role)));
        // A machine may all that its role may, unless a test says less.
        if (subject.StartsWith("client:", StringComparison.Ordinal)) claims.Add(new("scope", scope));
        if (party is not null) claims.Add(new("party", party.Value.ToString()));
        if (kind.Length > 0) claims.Add(new("party_kind", kind));
        if (!subject.StartsWith("client:", StringComparison.Ordinal))
        {
            var proved = new DateTimeOffset(issued) - (provedAgo ?? TimeSpan.Zero);
            claims.Add(new("auth_time", proved.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), ClaimValueTypes.Integer64));
            claims.AddRange(how.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(way => new Claim("amr", way)));
        }
        if (session is not null) claims.Add(new("sid", session));
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = audience,
            TokenType = type,
            Subject = new ClaimsIdentity(claims),
            IssuedAt = issued,
            NotBefore = issued,
            Expires = issued.AddMinutes(10),
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
        });
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
