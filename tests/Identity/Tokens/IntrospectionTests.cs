using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Identity.Tests.Tokens;

/// <summary>RFC 7662 and RFC 7009: a client asks about its own tokens and gives them back.</summary>
public sealed class IntrospectionTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    private const string Somchai = "somchai@rung-fah.example";

    [Fact]
    public async Task The_web_learns_of_its_own_tokens_and_not_of_a_machines()
    {
        var tokens = (await app.Exchange(await app.CodeFor("anna@marisol-pine.example"))).Body;
        var machines = (await app.Machine("demo-auditor", "demo-client")).Body.GetProperty("access_token").GetString()!;

        var refresh = await Ask("introspect", tokens.GetProperty("refresh_token").GetString()!);

        Assert.True(refresh.Body.GetProperty("active").GetBoolean());
        Assert.True((await Ask("introspect", tokens.GetProperty("access_token").GetString()!)).Body.GetProperty("active").GetBoolean());
        Assert.Equal((HttpStatusCode.OK, "{\"active\":false}"), Whole(await Ask("introspect", machines)));
        Assert.Equal((HttpStatusCode.OK, "{\"active\":false}"), Whole(await Ask("introspect", "no-token-of-ours")));
        Assert.DoesNotContain("anna", refresh.Body.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("introspect")]
    [InlineData("revoke")]
    public async Task Nobody_asks_without_proving_which_client_it_is(string endpoint)
    {
        var machine = (await app.Machine("demo-auditor", "demo-client")).Body.GetProperty("access_token").GetString()!;

        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Send($"connect/{endpoint}", ("token", machine), ("client_id", "demo-auditor"))).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Send($"connect/{endpoint}", ("token", machine), ("client_id", "demo-auditor"), ("client_secret", "wrong"))).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await app.Send($"connect/{endpoint}", ("token", machine))).Status);
    }

    [Fact]
    public async Task A_refresh_token_that_was_given_back_is_worth_nothing_and_so_is_its_family()
    {
        var first = (await app.Exchange(await app.CodeFor("anna@marisol-pine.example"))).Body.GetProperty("refresh_token").GetString()!;

        Assert.Equal(HttpStatusCode.OK, (await Ask("revoke", first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Ask("revoke", first)).Status); // twice is once
        Assert.Equal(HttpStatusCode.OK, (await Ask("revoke", "no-token-of-ours")).Status);

        Assert.Equal((HttpStatusCode.OK, "{\"active\":false}"), Whole(await Ask("introspect", first)));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await app.Refresh(first)));
    }

    [Fact]
    public async Task Nobody_gives_back_anothers_token()
    {
        var refresh = (await app.Exchange(await app.CodeFor("anna@marisol-pine.example"))).Body.GetProperty("refresh_token").GetString()!;

        await app.Send("connect/revoke", ("token", refresh), ("client_id", "demo-auditor"), ("client_secret", app.Secret("demo-client")));

        Assert.Equal(HttpStatusCode.OK, (await app.Refresh(refresh)).Status);
    }

    [Fact]
    public async Task A_code_used_twice_takes_back_what_it_had_brought()
    {
        var code = await app.CodeFor("anna@marisol-pine.example");
        var brought = (await app.Exchange(code)).Body.GetProperty("refresh_token").GetString()!;

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await app.Exchange(code)));

        Assert.Equal((HttpStatusCode.OK, "{\"active\":false}"), Whole(await Ask("introspect", brought)));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await app.Refresh(brought)));
    }

    [Fact]
    public async Task Tokens_of_somebody_without_a_membership_are_not_active()
    {
        var tokens = (await app.Exchange(await app.CodeFor(Somchai))).Body;
        await using (var db = app.Open())
        {
            var (person, now) = (await db.People.Where(p => p.Email == Somchai).Select(p => p.Id).SingleAsync(TestContext.Current.CancellationToken), TimeProvider.System.GetUtcNow().UtcDateTime);
            await db.Memberships.Where(m => m.PersonId == person).ExecuteUpdateAsync(set => set.SetProperty(m => m.To, now), TestContext.Current.CancellationToken);
        }

        Assert.Equal((HttpStatusCode.OK, "{\"active\":false}"), Whole(await Ask("introspect", tokens.GetProperty("refresh_token").GetString()!)));
        Assert.Equal((HttpStatusCode.OK, "{\"active\":false}"), Whole(await Ask("introspect", tokens.GetProperty("access_token").GetString()!)));
    }

    [Fact]
    public async Task Discovery_says_all_that_is_there()
    {
        using var http = app.Browser();
        var document = await http.GetFromJsonAsync<JsonElement>(".well-known/openid-configuration");
        string[] List(string name) => [.. document.GetProperty(name).EnumerateArray().Select(v => v.GetString()!)];

        Assert.Equal(["authorization_code", "client_credentials", "refresh_token"], List("grant_types_supported").Order(StringComparer.Ordinal));
        Assert.Equal(["code"], List("response_types_supported"));
        Assert.Equal(["S256"], List("code_challenge_methods_supported"));
        Assert.Equal(["ES256"], List("id_token_signing_alg_values_supported"));
        Assert.Contains("private_key_jwt", List("token_endpoint_auth_methods_supported"));
        Assert.Equal(["ES256", "PS256"], List("token_endpoint_auth_signing_alg_values_supported"));
        Assert.Contains("suppliers.read", List("scopes_supported"));
        Assert.True(document.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        foreach (var endpoint in new[] { "authorization", "token", "introspection", "revocation", "end_session" }) Assert.StartsWith(app.Address.ToString(), document.GetProperty($"{endpoint}_endpoint").GetString(), StringComparison.Ordinal);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> Ask(string endpoint, string token) =>
        app.Send($"connect/{endpoint}", ("token", token), ("client_id", "web"), ("client_secret", app.Secret("web-client")));

    private static (HttpStatusCode, string) Whole((HttpStatusCode Status, JsonElement Body) answer) => (answer.Status, JsonSerializer.Serialize(answer.Body));

    private static (HttpStatusCode, string?) Error((HttpStatusCode Status, JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetString());
}
