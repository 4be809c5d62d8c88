using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.EntityFrameworkCore.Models;
using Recruitment.Identity.Tests.People;
using Recruitment.Identity.Tests.SignInClients;
using Recruitment.Identity.Tests.Texts;

namespace Recruitment.Identity.Tests.Consents;

/// <summary>Somebody decides whether a program of others learns who he is, sees what he allowed, and takes it back.</summary>
public sealed class ConsentTests(InvitingSuppliers app) : IClassFixture<InvitingSuppliers>
{
    private const string Admin = "admin@open-hand.example";

    private OthersProgram Board => new(app);

    [Fact]
    public async Task The_program_learns_what_was_allowed_and_its_tokens_open_no_service()
    {
        var (id, secret) = await Board.Register();
        using var browser = await Board.SignedIn(Admin);

        var page = await OthersProgram.Page(await OthersProgram.Ask(browser, id));
        var answer = await OthersProgram.Onwards(await OthersProgram.Decide(browser, page));
        var (status, body) = await Board.Exchange(id, secret, OthersProgram.In(answer, "code"));

        foreach (var said in new[] { "Orchid Board", "Some Annex", "board.example", Admin, "your e-mail address" }) Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Equal((OthersProgram.Callback, "of-the-program", app.Address.ToString()), (answer.GetLeftPart(UriPartial.Path), OthersProgram.In(answer, "state"), OthersProgram.In(answer, "iss")));
        Assert.Equal(HttpStatusCode.OK, status);
        var (known, access) = (new JsonWebToken(body.GetProperty("id_token").GetString()), new JsonWebToken(body.GetProperty("access_token").GetString()));
        Assert.Equal((Admin, Admin, "true", "n"), (known.GetClaim("name").Value, known.GetClaim("email").Value, known.GetClaim("email_verified").Value, known.GetClaim("nonce").Value));
        foreach (var token in new[] { known, access }) Assert.DoesNotContain(token.Claims, c => c.Type is "role" or "party" or "party_kind" or "party_verified" or "sid" or "amr" || (c.Type == "sub" && Guid.TryParse(c.Value, out _)));
        Assert.DoesNotContain(access.Claims, c => c.Value.Contains("open-hand", StringComparison.Ordinal));
        Assert.False(body.TryGetProperty("refresh_token", out _));
        Assert.Equal([app.Address.ToString().TrimEnd('/')], access.Audiences);
        using var bearer = app.Bearing(access.EncodedToken);
        using var asHerself = app.Bearing(await app.TokenFor(Admin));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), ((await bearer.GetAsync("api/v1/identity/people")).StatusCode, (await asHerself.GetAsync("api/v1/identity/people")).StatusCode));
    }

    [Fact]
    public async Task Who_allows_a_number_alone_gives_no_address_away()
    {
        var (id, secret) = await Board.Register();
        using var browser = await Board.SignedIn("ben@kestrel-row.example");

        var page = await OthersProgram.Page(await OthersProgram.Ask(browser, id, "openid"));
        var known = await Board.IdToken(browser, id, secret, "openid");

        Assert.DoesNotContain("your e-mail address", page, StringComparison.Ordinal);
        Assert.DoesNotContain(known.Claims, c => c.Value.Contains("kestrel", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openid api")]
    [InlineData("openid identity.read")]
    [InlineData("openid scim")]
    [InlineData("openid offline_access")]
    [InlineData("openid no-such-scope")]
    public async Task A_scope_of_the_API_or_a_lasting_token_is_not_even_asked_about(string scope)
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn(Admin);

        var answer = await OthersProgram.Ask(browser, id, scope);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("name=\"decision\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await Kept(id));
    }

    [Fact]
    public async Task It_gets_no_token_in_another_way()
    {
        var (id, secret) = await Board.Register();
        using var browser = await Board.SignedIn(Admin);
        var code = await OthersProgram.Code(browser, id);

        foreach (var (grant, extra) in new[] { ("client_credentials", ("scope", "api")), ("refresh_token", ("refresh_token", code)) })
            Assert.NotEqual(HttpStatusCode.OK, (await app.Send("connect/token", ("grant_type", grant), ("client_id", id), ("client_secret", secret!), extra)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await Board.Exchange("web", app.Secret("web-client"), code)).Status);
    }

    [Fact]
    public async Task Who_does_not_allow_it_is_taken_back_with_the_standards_error_and_nothing_is_kept()
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn("malee@lotus-lane.example");

        var answer = await OthersProgram.Onwards(await OthersProgram.Decide(browser, await OthersProgram.Page(await OthersProgram.Ask(browser, id)), "deny"));

        Assert.Equal(("access_denied", "", "of-the-program"), (OthersProgram.In(answer, "error"), OthersProgram.In(answer, "code"), OthersProgram.In(answer, "state")));
        Assert.Equal(0, await Kept(id));
        await OthersProgram.Page(await OthersProgram.Ask(browser, id));
    }

    [Fact]
    public async Task Who_allowed_it_is_asked_again_only_for_more_or_when_the_program_wants_that()
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn("dara@lotus-lane.example");
        var before = await OthersProgram.Ask(browser, id, "openid profile", "&prompt=none");
        await OthersProgram.Code(browser, id, "openid profile");

        Assert.Equal("consent_required", OthersProgram.In(before.Headers.Location!, "error"));
        Assert.NotEqual("", OthersProgram.In(await OthersProgram.Onwards(await OthersProgram.Ask(browser, id, "openid profile")), "code"));
        Assert.NotEqual("", OthersProgram.In(await OthersProgram.Onwards(await OthersProgram.Ask(browser, id, "openid")), "code"));
        Assert.NotEqual("", OthersProgram.In((await OthersProgram.Ask(browser, id, "openid profile", "&prompt=none")).Headers.Location!, "code"));
        Assert.Equal("consent_required", OthersProgram.In((await OthersProgram.Ask(browser, id, "openid profile email", "&prompt=none")).Headers.Location!, "error"));
        await OthersProgram.Page(await OthersProgram.Ask(browser, id, "openid profile email"));
        var wanted = await OthersProgram.Page(await OthersProgram.Ask(browser, id, "openid profile", "&prompt=consent"));
        Assert.NotEqual("", OthersProgram.In(await OthersProgram.Onwards(await OthersProgram.Decide(browser, wanted)), "code"));
        using var stranger = app.Browser();
        Assert.Equal("login_required", OthersProgram.In((await OthersProgram.Ask(stranger, id, more: "&prompt=none")).Headers.Location!, "error"));
    }

    [Fact]
    public async Task A_program_that_wants_both_proof_and_consent_gets_both()
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn("dara@lotus-lane.example");
        await OthersProgram.Code(browser, id);

        var first = await OthersProgram.Ask(browser, id, more: "&prompt=login%20consent");
        var confirmed = await IdentityApp.Fill(browser, first.Headers.Location!.PathAndQuery, ("email", "dara@lotus-lane.example"), ("password", IdentityApp.Password));

        await OthersProgram.Page(await browser.GetAsync(confirmed.Headers.Location));
    }

    [Fact]
    public async Task Our_own_web_asks_nobody()
    {
        using var browser = await Board.SignedIn("anna@marisol-pine.example");

        Assert.Contains("code=", (await app.Authorize(browser)).Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Contains("code=", (await app.Authorize(browser, more: "&prompt=consent")).Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_organisations_know_one_person_as_two_and_programs_of_one_organisation_as_one()
    {
        var other = new OthersProgram(app, 2);
        var ((first, firstSecret), (second, secondSecret), (third, thirdSecret)) = (await Board.Register(), await Board.Register("Orchid Desk"), await other.Register("Lantern"));
        using var browser = await Board.SignedIn("lien@open-hand.example");

        var subjects = new[] { (await Board.IdToken(browser, first, firstSecret)).Subject, (await Board.IdToken(browser, second, secondSecret)).Subject, (await other.IdToken(browser, third, thirdSecret)).Subject };

        Assert.Equal(subjects[0], subjects[1]);
        Assert.NotEqual(subjects[0], subjects[2]);
    }

    [Fact]
    public async Task What_was_allowed_is_on_the_account_and_what_is_taken_back_is_asked_for_again()
    {
        var (id, secret) = await Board.Register("Orchid Account");
        using var browser = await Board.SignedIn("noi@open-hand.example");
        using var somebody = await Board.SignedIn("thida@open-hand.example");
        var code = await OthersProgram.Code(browser, id);
        var others = await OthersProgram.Code(somebody, id);

        var page = await browser.GetStringAsync("identity/account");
        var thai = await browser.GetStringAsync("identity/th/account");
        var taken = await IdentityApp.Send(browser, "identity/account", page, ("takeBack", id));

        Assert.Contains("Orchid Account", page, StringComparison.Ordinal);
        Assert.Contains($"Allowed since {TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}", page, StringComparison.Ordinal);
        Assert.Contains("ถอนการอนุญาต", thai, StringComparison.Ordinal);
        Assert.Contains("You have taken it back", await browser.GetStringAsync(taken.Headers.Location), StringComparison.Ordinal);
        Assert.DoesNotContain("Orchid Account", await browser.GetStringAsync("identity/account"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), Error(await Board.Exchange(id, secret, code)));
        await OthersProgram.Page(await OthersProgram.Ask(browser, id));
        Assert.Equal(HttpStatusCode.OK, (await Board.Exchange(id, secret, others)).Status);
        Assert.Contains("Orchid Account", await somebody.GetStringAsync("identity/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_ended_takes_everything_along()
    {
        var (id, secret) = await Board.Register("Orchid Ending");
        using var browser = await Board.SignedIn("prasert@open-hand.example");
        var code = await OthersProgram.Code(browser, id);
        using var owner = await Board.Owner();

        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"api/v1/identity/sign-in-clients/{id}/end", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await owner.PostAsync($"api/v1/identity/sign-in-clients/{id}/end", null)).StatusCode);

        Assert.NotEqual(HttpStatusCode.OK, (await Board.Exchange(id, secret, code)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await OthersProgram.Ask(browser, id)).StatusCode);
        Assert.DoesNotContain("Orchid Ending", await browser.GetStringAsync("identity/account"), StringComparison.Ordinal);
        Assert.Equal(0, await Kept(id));
    }

    [Fact]
    public async Task The_page_is_Thai_for_a_program_that_asks_for_it_and_one_step_away_for_every_other()
    {
        var (id, _) = await Board.Register("กล้วยไม้");
        using var browser = await Board.SignedIn("malee@lotus-lane.example");

        var english = await OthersProgram.Page(await OthersProgram.Ask(browser, id));
        var thai = await OthersProgram.Page(await OthersProgram.Ask(browser, id, more: "&ui_locales=th"));

        Assert.DoesNotContain(WordingsTests.English(thai), words => words != "Some Annex");
        var link = System.Text.RegularExpressions.Regex.Match(english, "<a href=\"(/connect/authorize[^\"]+)\" lang=\"th\"").Groups[1].Value;
        Assert.Contains("<html lang=\"th\">", await OthersProgram.Page(await browser.GetAsync(WebUtility.HtmlDecode(link))), StringComparison.Ordinal);
    }

    private async Task<int> Kept(string client)
    {
        await using var db = app.Open();
        return await db.Set<OpenIddictEntityFrameworkCoreAuthorization>().CountAsync(a => a.Application!.ClientId == client, TestContext.Current.CancellationToken);
    }

    private static (HttpStatusCode, string?) Error((HttpStatusCode Status, System.Text.Json.JsonElement Body) answer) => (answer.Status, answer.Body.GetProperty("error").GetString());
}
