using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.SingleSignOn;

/// <summary>An organisation's own OpenID Connect provider on this machine. It signs in whoever the test says, and lies as the test says.</summary>
internal sealed class OutsideProvider : IAsyncDisposable
{
    public const string ClientId = "recruitment-check", ClientSecret = "a-secret-that-the-organisation-made-for-us";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, (string Nonce, string Challenge)> codes = new();
    private readonly WebApplication app;

    public OutsideProvider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add(Issuer = $"http://localhost:{Running.FreePort()}");
        app.MapGet("/.well-known/openid-configuration", () => IsDown ? Results.StatusCode(503) : Results.Json(new
        {
            issuer = NamesItself ?? Issuer, authorization_endpoint = $"{Issuer}/authorize", token_endpoint = $"{Issuer}/token", jwks_uri = $"{Issuer}/keys",
            response_types_supported = new[] { "code" }, subject_types_supported = new[] { "public" }, id_token_signing_alg_values_supported = new[] { "ES256" },
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { Public() } }));
        app.MapGet("/authorize", (string state, string nonce, string redirect_uri, string code_challenge) =>
        {
            var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            codes[code] = (nonce, code_challenge);
            return Results.Redirect($"{redirect_uri}?code={code}&state={state}");
        });
        app.MapPost("/token", Token);
    }

    public string Issuer { get; }
    public string Subject { get; set; } = "subject-1";
    public string? Email { get; set; }
    public IReadOnlyList<string> Groups { get; set; } = [];
    public bool IsDown { get; set; }
    public string? NamesItself { get; set; }

    /// <summary>Changes the id token's claims before it is signed.</summary>
    public Action<SecurityTokenDescriptor>? Lie { get; set; }

    /// <summary>Signs the id token otherwise than with the published key.</summary>
    public Func<SecurityTokenDescriptor, string>? Sign { get; set; }

    public Task Start() => app.StartAsync();

    /// <summary>The published key's numbers as a shared secret, for whoever mixes the two up.</summary>
    public byte[] PublicBytes => key.ExportSubjectPublicKeyInfo();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
    }

    private async Task<IResult> Token(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (request.Headers.Authorization != $"Basic {expected}") return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        if (!codes.TryRemove(form["code"].ToString(), out var asked) || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked.Challenge)
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);

        var claims = new Dictionary<string, object> { ["sub"] = Subject, ["nonce"] = asked.Nonce, ["auth_time"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() };
        if (Email is not null) claims["email"] = Email;
        if (Groups.Count > 0) claims["groups"] = Groups;
        var token = new SecurityTokenDescriptor
        {
            Issuer = Issuer, Audience = ClientId, Expires = DateTime.UtcNow.AddMinutes(5), Claims = claims,
            SigningCredentials = new(new ECDsaSecurityKey(key) { KeyId = "k1" }, SecurityAlgorithms.EcdsaSha256),
        };
        Lie?.Invoke(token);
        return Results.Json(new { access_token = "not-for-us", token_type = "Bearer", id_token = Sign?.Invoke(token) ?? new JsonWebTokenHandler().CreateToken(token) });
    }

    private object Public()
    {
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return new { kty = "EC", crv = "P-256", use = "sig", kid = "k1", alg = "ES256", x = Base64UrlEncoder.Encode(q.X), y = Base64UrlEncoder.Encode(q.Y) };
    }
}
