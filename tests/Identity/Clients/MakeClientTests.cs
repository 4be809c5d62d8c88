using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Identity.Tests.Clients;

/// <summary>An organisation gives a program of its own access, and takes it back.</summary>
public sealed class MakeClientTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    private readonly Guid party = Guid.CreateVersion7();

    private OwnersProgram Ours => new(app, party);

    [Fact]
    public async Task A_program_gets_tokens_for_its_organisation_and_role_and_its_last_day_of_use_is_seen()
    {
        var (id, secret) = await Ours.Make("suppliers.read");

        var (status, body) = await Ours.Token(id, secret, "suppliers.read");

        Assert.Equal(HttpStatusCode.OK, status);
        var token = new JsonWebToken(body.GetProperty("access_token").GetString());
        Assert.Equal(($"client:{id}", party.ToString(), "brand_analyst", "suppliers.read", "at+jwt"), (token.Subject, token.GetClaim("party").Value, token.GetClaim("role").Value, token.GetClaim("scope").Value, token.Typ));
        Assert.InRange(token.ValidTo - token.IssuedAt, TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(45));
        using var owner = Ours.Owner();
        var seen = (await owner.GetFromJsonAsync<JsonElement>("api/v1/identity/clients")).GetProperty("items").EnumerateArray().Single();
        Assert.Equal(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), seen.GetProperty("lastUsedOn").GetString());
        Assert.DoesNotContain(secret, seen.ToString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_scope"), Error(await Ours.Token(id, secret, "risk.read")));
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), Error(await Ours.Token(id, secret + "x", "suppliers.read")));
        // Whoever does not prove who it is learns nothing of its scopes.
        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), Error(await Ours.Token(id, secret + "x", "risk.read")));
    }

    [Theory]
    [InlineData("""{"name":"x","role":"auditor","scopes":["api"]}""", "role-not-for-programs")]
    [InlineData("""{"name":"x","role":"owner","scopes":["api"]}""", "role-not-for-programs")]
    [InlineData("""{"name":"x","role":"brand_analyst","scopes":[]}""", "bad-scopes")]
    [InlineData("""{"name":"x","role":"brand_analyst","scopes":["openid"]}""", "bad-scopes")]
    [InlineData("""{"name":"x","role":"brand_analyst","scopes":["api"],"days":366}""", "bad-days")]
    [InlineData("""{"name":"x","role":"brand_analyst","scopes":["api"],"days":0}""", "bad-days")]
    [InlineData("""{"name":"x","role":"brand_analyst","scopes":["api"],"jwks":"{}"}""", "bad-keys")]
    [InlineData("""{"name":"x","role":"brand_analyst","scopes":["api"],"jwks":"nothing"}""", "bad-keys")]
    [InlineData("""{"name":"x","role":"brand_analyst","scopes":["api"],"jwks":"{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"c2VjcmV0\"}]}"}""", "bad-keys")]
    [InlineData("""{"name":"x","role":"brand_analyst","scopes":["api"],"partyId":"0198f0c0-0000-7000-8000-000000000001"}""", "unknown-party")]
    public async Task What_an_organisation_cannot_give_is_refused_and_nothing_is_made(string request, string code)
    {
        using var owner = Ours.Owner();
        using var content = new StringContent(request, System.Text.Encoding.UTF8, "application/json");

        var answer = await owner.PostAsync("api/v1/identity/clients", content);

        Assert.Equal((HttpStatusCode.BadRequest, $"urn:recruitment:{code}"), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()));
        Assert.Empty((await owner.GetFromJsonAsync<JsonElement>("api/v1/identity/clients")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Another_organisations_program_is_not_there()
    {
        var (id, secret) = await Ours.Make();
        using var stranger = new OwnersProgram(app, Guid.CreateVersion7()).Owner();

        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"api/v1/identity/clients/{id}/end", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsJsonAsync($"api/v1/identity/clients/{id}/secret", new { })).StatusCode);
        Assert.Empty((await stranger.GetFromJsonAsync<JsonElement>("api/v1/identity/clients")).GetProperty("items").EnumerateArray());
        foreach (var ours in new[] { "service", "web", "demo-auditor" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync($"api/v1/identity/clients/{ours}/end", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Ours.Token(id, secret)).Status);
    }

    [Fact]
    public async Task A_new_secret_opens_beside_the_old_one_until_the_moment_given_and_there_are_two_at_most()
    {
        var (id, first) = await Ours.Make();
        using var owner = Ours.Owner();
        async Task<string> Change(object request) => (await (await owner.PostAsJsonAsync($"api/v1/identity/clients/{id}/secret", request)).Content.ReadFromJsonAsync<JsonElement>()).GetProperty("secret").GetString()!;

        var tooLong = await owner.PostAsJsonAsync($"api/v1/identity/clients/{id}/secret", new { oldSecretUntil = TimeProvider.System.GetUtcNow().AddDays(8) });
        var second = await Change(new { oldSecretUntil = TimeProvider.System.GetUtcNow().AddHours(1) });

        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Ours.Token(id, first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ours.Token(id, second)).Status);

        var third = await Change(new { });
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ours.Token(id, first)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Ours.Token(id, second)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ours.Token(id, third)).Status);

        using var stale = Ours.Owner();
        stale.DefaultRequestHeaders.Add("If-Match", "\"1\"");
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await stale.PostAsJsonAsync($"api/v1/identity/clients/{id}/secret", new { })).StatusCode);
    }

    [Fact]
    public async Task One_that_ended_or_expired_gets_no_token_and_is_no_longer_active()
    {
        var (ended, endedSecret) = await Ours.Make();
        var (expired, expiredSecret) = await Ours.Make();
        var token = (await Ours.Token(expired, expiredSecret)).Body.GetProperty("access_token").GetString()!;
        using var owner = Ours.Owner();

        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"api/v1/identity/clients/{ended}/end", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"api/v1/identity/clients/{ended}/end", null)).StatusCode);
        Assert.True(await Active(token, expired, expiredSecret));
        await using (var db = app.Open())
        {
            var yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
            await db.Machines.Where(m => m.ClientId == expired).ExecuteUpdateAsync(set => set.SetProperty(m => m.ExpiresAt, yesterday), TestContext.Current.CancellationToken);
        }

        Assert.Equal((HttpStatusCode.Unauthorized, "invalid_client"), Error(await Ours.Token(ended, endedSecret)));
        Assert.Equal((HttpStatusCode.BadRequest, "unauthorized_client"), Error(await Ours.Token(expired, expiredSecret)));
        Assert.False(await Active(token, expired, expiredSecret));
        Assert.Equal(HttpStatusCode.Conflict, (await owner.PostAsJsonAsync($"api/v1/identity/clients/{expired}/secret", new { })).StatusCode);
    }

    [Fact]
    public async Task Of_a_secret_only_a_hash_is_kept()
    {
        Assert.SkipUnless(app.Database.Length == 0, "The files of PostgreSQL are not this program's to read.");
        var (id, secret) = await Ours.Make();

        var stored = string.Concat((await Recruitment.Testing.RawFiles.In(app.DataFolder)).Select(f => f.Content));

        Assert.Contains(id, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(secret["rcs_".Length..], stored, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, app.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SecurityAlgorithms.EcdsaSha256, HttpStatusCode.OK)]
    [InlineData(SecurityAlgorithms.RsaSsaPssSha256, HttpStatusCode.OK)]
    [InlineData(SecurityAlgorithms.RsaSha256, HttpStatusCode.Unauthorized)]
    public async Task A_program_with_keys_of_its_own_signs_what_it_asks_with(string algorithm, HttpStatusCode expected)
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SecurityKey key = algorithm == SecurityAlgorithms.EcdsaSha256 ? new ECDsaSecurityKey(curve) { KeyId = "mine" } : new RsaSecurityKey(rsa) { KeyId = "mine" };
        var id = (await Ours.Made(new { name = "signs", role = "brand_analyst", scopes = new[] { "api" }, jwks = Public(key) })).GetProperty("clientId").GetString()!;

        var (status, body) = await Present(id, Assertion(id, key, algorithm));

        Assert.Equal(expected, status);
        if (expected != HttpStatusCode.OK) Assert.Equal("invalid_client", body.GetProperty("error").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await Present(id, Assertion(id, new ECDsaSecurityKey(another) { KeyId = "mine" }, SecurityAlgorithms.EcdsaSha256))).Status);
        Assert.Contains((await Present(id, Assertion(id, key, algorithm, audience: "https://elsewhere.example/"))).Status, Refusals);
        Assert.Contains((await Present(id, Assertion(id, key, algorithm, age: TimeSpan.FromHours(1)))).Status, Refusals);
        Assert.Contains((await Present(id, Assertion("client-another", key, algorithm))).Status, Refusals);
    }

    /// <summary>RFC 6749, 5.2: 401 is for a client whose proof is wrong, 400 for a request that is.</summary>
    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest];

    private Task<(HttpStatusCode Status, JsonElement Body)> Present(string id, string assertion) => app.Send("connect/token", ("grant_type", "client_credentials"), ("client_id", id), ("scope", "api"),
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), ("client_assertion", assertion));

    private string Assertion(string client, SecurityKey key, string algorithm, string? audience = null, TimeSpan? age = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        key.CryptoProviderFactory = new() { CacheSignatureProviders = false };
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = client, Audience = audience ?? app.Address.ToString(), IssuedAt = now, NotBefore = now, Expires = now.AddMinutes(1), TokenType = "client-authentication+jwt",
            Claims = new Dictionary<string, object> { ["sub"] = client, ["jti"] = Guid.CreateVersion7().ToString() }, SigningCredentials = new(key, algorithm),
        });
    }

    private static string Public(SecurityKey key)
    {
        var jwk = JsonWebKeyConverter.ConvertFromSecurityKey(key);
        return JsonSerializer.Serialize(new { keys = new[] { new { kty = jwk.Kty, kid = jwk.Kid, crv = jwk.Crv, x = jwk.X, y = jwk.Y, n = jwk.N, e = jwk.E } } });
    }

    private async Task<bool> Active(string token, string id, string secret) =>
        (await app.Send("connect/introspect", ("token", token), ("client_id", id), ("client_secret", secret))).Body.GetProperty("active").GetBoolean();

    private static (HttpStatusCode, string?) Error((HttpStatusCode Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetString());
}
