using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Recruitment.Identity.Tests.Tokens;

/// <summary>What an attacker sends, or a broken program: the standard's refusal, and nothing of it in the log.</summary>
public sealed class BadInputTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    private const string Api = "api/v1/identity/people";

    [Theory]
    [InlineData(-60, 40, HttpStatusCode.Unauthorized)] // over for 20 seconds
    [InlineData(-60, 58, HttpStatusCode.OK)] // over for 2, which a clock may be off by
    [InlineData(3, 60, HttpStatusCode.OK)] // begins in 3
    [InlineData(60, 300, HttpStatusCode.Unauthorized)]
    public async Task Clocks_may_differ_by_seconds_and_no_more(int issued, int lives, HttpStatusCode expected)
    {
        Assert.Equal(expected, await Knock(Forged(issued: TimeSpan.FromSeconds(issued), lives: TimeSpan.FromSeconds(lives))));
    }

    [Fact]
    public async Task A_token_without_a_signature_is_none()
    {
        var parts = Forged().Split('.');
        foreach (var alg in new[] { "none", "None", "NONE" })
        {
            var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"{{alg}}","typ":"at+jwt"}"""));
            Assert.Equal(HttpStatusCode.Unauthorized, await Knock($"{header}.{parts[1]}."));
            Assert.Equal(HttpStatusCode.Unauthorized, await Knock($"{header}.{parts[1]}.{parts[2]}"));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock($"{parts[0]}.{parts[1]}."));
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        using var key = app.SigningKey();
        var pem = key.ExportSubjectPublicKeyInfoPem();
        using var http = app.Browser();
        var jwk = (await http.GetFromJsonAsync<JsonElement>(".well-known/jwks")).GetProperty("keys")[0];
        foreach (var known in new[] { Encoding.ASCII.GetBytes(pem), key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(jwk.ToString()), Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()) })
        {
            var confused = new SigningCredentials(new SymmetricSecurityKey(known) { KeyId = jwk.GetProperty("kid").GetString() }, SecurityAlgorithms.HmacSha256);
            Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Forged(with: confused)));
        }
    }

    [Fact]
    public async Task A_key_that_comes_with_the_token_proves_nothing()
    {
        using var mine = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Forged(with: ForgedToken.Credentials(mine))));
    }

    [Theory]
    [InlineData("JWT", "recruitment-api", null)]
    [InlineData("id_token", "recruitment-api", null)]
    [InlineData("at+jwt", "another-api", null)]
    [InlineData("at+jwt", "recruitment-api", "https://elsewhere.example/")]
    public async Task A_token_of_another_type_audience_or_issuer_is_refused(string type, string audience, string? issuer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(Forged(type: type, audience: audience, issuer: issuer)));
    }

    [Fact]
    public async Task A_token_in_an_address_opens_nothing()
    {
        using var http = app.Browser();

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync($"{Api}?access_token={Forged()}")).StatusCode);
    }

    [Fact]
    public async Task A_header_beyond_all_measure_ends_the_request_and_not_the_program()
    {
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, await Knock(new string('x', 40_000)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(new string('x', 20_000)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Knock(string.Join('.', Enumerable.Repeat("e30", 5_000))));
        Assert.Equal(HttpStatusCode.OK, await Knock(Forged()));
    }

    [Theory]
    [InlineData("grant_type=client_credentials&client_id=nobody&client_secret=x&scope=api", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=service&client_secret=wrong&scope=api", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("grant_type=client_credentials&client_id=service&scope=api", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=service&client_id=web&client_secret=x&scope=api", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("grant_type=client_credentials&grant_type=refresh_token&client_id=service&client_secret=x", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("grant_type=password&username=anna&password=x&client_id=web&client_secret=x", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    [InlineData("grant_type=implicit&client_id=web", HttpStatusCode.BadRequest, "unsupported_grant_type")]
    [InlineData("client_id=web", HttpStatusCode.BadRequest, "invalid_request")]
    public async Task A_wrong_request_for_a_token_gets_the_standards_error(string form, HttpStatusCode status, string error)
    {
        using var http = app.Browser();
        using var content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded");

        var answer = await http.PostAsync("connect/token", content);

        Assert.Equal((status, error), (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()));
        Assert.True(answer.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_code_or_refresh_token_is_worth_nothing_to_another_client_and_broken_ones_nothing_to_anybody()
    {
        var refresh = (await app.Exchange(await app.CodeFor("anna@marisol-pine.example"))).Body.GetProperty("refresh_token").GetString()!;

        var anothers = await app.Send("connect/token", ("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_id", "service"), ("client_secret", app.Secret("service-client")));

        Assert.Equal(HttpStatusCode.BadRequest, anothers.Status);
        foreach (var broken in new[] { "x", refresh[..^4] + "AAAA", new string('A', 9_000), Forged() })
        {
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await app.Refresh(broken)));
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await app.Exchange(broken)));
        }
    }

    [Fact]
    public async Task Nothing_that_was_refused_is_written_down()
    {
        var (code, token) = (await app.CodeFor("malee@lotus-lane.example"), Forged(type: "JWT"));
        var brought = (await app.Exchange(code)).Body;
        var refresh = brought.GetProperty("refresh_token").GetString()!;
        await app.Exchange(code);
        await app.Refresh(refresh);
        await Knock(token);
        await Knock("a-token-that-is-none-at-all");
        await app.Send("connect/token", ("grant_type", "client_credentials"), ("client_id", "service"), ("client_secret", "a-secret-that-is-wrong"), ("scope", "api"));
        await app.Send("connect/introspect", ("token", refresh), ("client_id", "web"), ("client_secret", "a-secret-that-is-wrong"));
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, "malee@lotus-lane.example", "a-password-that-is-wrong");

        foreach (var secret in new[] { code, token, refresh, brought.GetProperty("access_token").GetString()!, brought.GetProperty("id_token").GetString()!, "a-token-that-is-none", "a-secret-that-is-wrong", "a-password-that-is-wrong", app.Secret("web-client"), app.Secret("service-client"), app.Secret("issuer-keys") })
            Assert.DoesNotContain(secret, app.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_sign_in_cannot_be_framed()
    {
        using var browser = app.Browser();
        var page = await browser.GetAsync("identity/sign-in");

        var headers = page.Headers.Where(h => h.Key is "X-Frame-Options" or "Content-Security-Policy").SelectMany(h => h.Value).ToList();
        Assert.Contains(headers, h => h is "SAMEORIGIN" or "DENY" || h.Contains("frame-ancestors 'none'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_signs_in_is_led_on_with_302_and_nothing_of_the_form()
    {
        using var browser = app.Browser();
        var answer = await IdentityApp.SignIn(browser, "ben@kestrel-row.example");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.DoesNotContain("kestrel", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await app.Authorize(browser)).StatusCode);
    }

    private string Forged(TimeSpan? issued = null, TimeSpan? lives = null, string audience = "recruitment-api", string type = "at+jwt", string? issuer = null, SigningCredentials? with = null) =>
        app.Forge("forged", "administrator", issued: issued, lives: lives, audience: audience, type: type, issuer: issuer, with: with);

    private async Task<HttpStatusCode> Knock(string token)
    {
        using var http = app.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, Api);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        using var answer = await http.SendAsync(request);
        return answer.StatusCode;
    }

    private static (HttpStatusCode, string?) Error((HttpStatusCode Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetString());
}
