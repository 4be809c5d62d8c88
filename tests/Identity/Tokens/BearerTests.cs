using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Identity.Tests.Tokens;

public sealed class BearerTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    private readonly ECDsa key = app.SigningKey();
    private const string Api = "api/v1/identity/people";
    private const string Administrator = "admin@open-hand.example";

    [Fact]
    public async Task An_administrators_access_token_opens_the_api()
    {
        using var client = app.Bearing(await app.TokenFor(Administrator));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Api)).StatusCode);
    }

    [Fact]
    public async Task A_token_made_with_the_right_key_and_right_claims_would_pass()
    {
        Assert.Equal(HttpStatusCode.OK, await With(Forged()));
    }

    [Fact]
    public async Task An_expired_token_is_refused() => Assert.Equal(HttpStatusCode.Unauthorized, await With(Forged(age: TimeSpan.FromHours(1))));

    [Fact]
    public async Task A_token_for_another_audience_is_refused() => Assert.Equal(HttpStatusCode.Unauthorized, await With(Forged(audience: "another-api")));

    [Fact]
    public async Task A_token_of_another_type_is_refused() => Assert.Equal(HttpStatusCode.Unauthorized, await With(Forged(type: "JWT")));

    [Fact]
    public async Task A_token_of_another_issuer_is_refused() => Assert.Equal(HttpStatusCode.Unauthorized, await With(Forged(issuer: "http://localhost:1/")));

    [Fact]
    public async Task An_id_token_is_no_access_token()
    {
        var answer = await app.Exchange(await app.CodeFor(Administrator));

        Assert.Equal(HttpStatusCode.Unauthorized, await With(answer.Body.GetProperty("id_token").GetString()!));
    }

    [Fact]
    public async Task A_cookie_opens_no_api()
    {
        using var browser = app.Browser();
        var signedIn = await IdentityApp.SignIn(browser, Administrator);
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(Api)).StatusCode);
    }

    [Theory]
    [InlineData("anna@marisol-pine.example")]
    [InlineData("noi@open-hand.example")]
    [InlineData("dara@lotus-lane.example")]
    public async Task Who_is_not_administrator_reads_no_accounts_and_moves_no_clock(string email)
    {
        using var client = app.Bearing(await app.TokenFor(email));

        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(Api)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("api/v1/identity/demonstration/clock")).StatusCode);
    }

    private async Task<HttpStatusCode> With(string token)
    {
        using var client = app.Bearing(token);
        return (await client.GetAsync(Api)).StatusCode;
    }

    /// <summary>Signed with the issuer's own key, so that only what the test changes can be the reason of a refusal.</summary>
    private string Forged(string audience = "recruitment-api", string type = "at+jwt", string? issuer = null, TimeSpan? age = null)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
        var issued = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? app.Address.ToString(), Audience = audience, TokenType = type,
            IssuedAt = issued, NotBefore = issued, Expires = issued.AddMinutes(5),
            Subject = new ClaimsIdentity([new Claim("sub", "forged"), new Claim("role", "administrator")]),
            SigningCredentials = new(new ECDsaSecurityKey(key) { KeyId = id, CryptoProviderFactory = new() { CacheSignatureProviders = false } }, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
