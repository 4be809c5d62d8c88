using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Tokens;

public sealed class IssuerTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task Discovery_is_standard_and_offers_no_plain_proof()
    {
        using var browser = app.Browser();

        var found = await browser.GetFromJsonAsync<JsonElement>(".well-known/openid-configuration");

        Assert.Equal(app.Address.ToString(), found.GetProperty("issuer").GetString());
        Assert.Equal(["S256"], found.GetProperty("code_challenge_methods_supported").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal(["ES256"], found.GetProperty("id_token_signing_alg_values_supported").EnumerateArray().Select(m => m.GetString()));
        Assert.DoesNotContain("password", found.GetProperty("grant_types_supported").EnumerateArray().Select(g => g.GetString()));
    }

    [Fact]
    public async Task An_access_token_says_for_whom_its_bearer_acts_and_nothing_personal()
    {
        var token = new JsonWebToken(await app.TokenFor("malee@lotus-lane.example"));

        Assert.Equal(("at+jwt", "ES256"), (token.Typ, token.Alg));
        Assert.Equal(["recruitment-api"], token.Audiences);
        Assert.Equal("11111111-0000-4000-8000-000000000004", token.GetClaim("party").Value);
        Assert.Equal("audit_body", token.GetClaim("party_kind").Value);
        Assert.Equal(["auditor"], token.Claims.Where(c => c.Type == "role").Select(c => c.Value));
        Assert.DoesNotContain(token.Claims, c => c.Value.Contains("malee", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Who_is_not_signed_in_signs_in_first_and_then_gets_the_code()
    {
        using var browser = app.Browser();
        var first = await app.Authorize(browser);
        Assert.Equal("/identity/sign-in", first.Headers.Location!.AbsolutePath);

        var signedIn = await IdentityApp.Fill(browser, first.Headers.Location.PathAndQuery, ("email", "anna@marisol-pine.example"), ("password", IdentityApp.Password));
        var back = await browser.GetAsync(signedIn.Headers.Location);

        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.Contains("/sign-in/callback?", back.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("code=", back.Headers.Location.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("S256", false)]
    public async Task A_code_is_refused_without_a_hashed_proof(string method, bool proof)
    {
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, "anna@marisol-pine.example");

        var answer = await app.Authorize(browser, method, proof);

        Assert.DoesNotContain("code=", answer.Headers.Location?.Query ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authorize", "", "This sign-in could not begin")]
    [InlineData("authorize", "?client_id=nobody&response_type=code&redirect_uri=http%3A%2F%2Flocalhost%2F", "This sign-in could not begin")]
    [InlineData("authorize", "?client_id=web&response_type=code&scope=openid&redirect_uri=http%3A%2F%2Felsewhere.example%2F", "This sign-in could not begin")]
    [InlineData("end-session", "?post_logout_redirect_uri=http%3A%2F%2Felsewhere.example%2F", "You were not signed out")]
    public async Task A_person_whom_a_wrong_link_led_here_gets_a_page_with_a_way_on(string endpoint, string query, string words)
    {
        using var browser = app.Browser();

        foreach (var answer in new[] { await browser.GetAsync($"connect/{endpoint}{query}"), await browser.PostAsync($"connect/{endpoint}", Form(query)) })
        {
            Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            var page = await answer.Content.ReadAsStringAsync();
            Assert.Contains(words, page, StringComparison.Ordinal);
            Assert.Contains("href=\"/sign-in\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("openiddict", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("elsewhere.example", page, StringComparison.Ordinal);
        }

        static FormUrlEncodedContent Form(string query) => new(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query).Select(f => KeyValuePair.Create(f.Key, f.Value.ToString())));
    }

    [Fact]
    public async Task A_program_that_asks_wrongly_for_a_token_gets_its_error_for_programs()
    {
        using var program = app.Browser();

        var answer = await program.PostAsync("connect/token", new FormUrlEncodedContent([]));

        Assert.Equal((HttpStatusCode.BadRequest, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Equal("invalid_request", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_code_is_worth_nothing_to_who_lacks_the_verifier()
    {
        var code = await app.CodeFor("anna@marisol-pine.example");

        var stolen = await app.Exchange(code, "another-verifier-that-is-long-enough-to-be-one-12345");

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (stolen.Status, stolen.Body.GetProperty("error").GetString()));
    }

    [Fact]
    public async Task A_code_works_once()
    {
        var code = await app.CodeFor("anna@marisol-pine.example");
        Assert.Equal(HttpStatusCode.OK, (await app.Exchange(code)).Status);

        Assert.Equal(HttpStatusCode.BadRequest, (await app.Exchange(code)).Status);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_its_whole_family()
    {
        var first = (await app.Exchange(await app.CodeFor("anna@marisol-pine.example"))).Body.GetProperty("refresh_token").GetString()!;
        var second = (await app.Refresh(first)).Body.GetProperty("refresh_token").GetString()!;
        Assert.NotEqual(first, second);

        Assert.Equal(HttpStatusCode.BadRequest, (await app.Refresh(first)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Refresh(second)).Status);
    }

    [Theory]
    [InlineData("service", "service-client", "service")]
    [InlineData("demo-auditor", "demo-client", "auditor")]
    [InlineData("demo-recruiter_user-2", "demo-client", "recruiter_user")]
    public async Task A_machine_gets_its_role_for_its_secret(string client, string secret, string role)
    {
        var answer = await app.Machine(client, secret);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(role, new JsonWebToken(answer.Body.GetProperty("access_token").GetString()).GetClaim("role").Value);
        Assert.False(answer.Body.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task A_machine_with_anothers_secret_gets_nothing()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Machine("service", "demo-client")).Status);
    }

    [Fact]
    public async Task The_keys_of_cookies_lie_sealed_in_the_database()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_POSTGRES") is null or "", "The files of PostgreSQL are not this program's to read.");
        using var browser = app.Browser();
        await browser.GetStringAsync("identity/sign-in"); // a form's mark needs a key

        var stored = string.Concat((await RawFiles.In(app.DataFolder)).Select(f => f.Content));

        Assert.Contains("<sealed", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("<value>", stored, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_the_program_writes_is_for_its_owner_alone()
    {
        var files = Directory.GetFiles(app.DataFolder, "*", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, f => (File.GetUnixFileMode(f) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0);
    }

    [Fact]
    public void Keys_and_secrets_can_be_read_by_their_owner_alone()
    {
        foreach (var name in new[] { "issuer-keys", "web-client", "service-client", "demo-client" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(app.SecretFile(name)));
    }
}
