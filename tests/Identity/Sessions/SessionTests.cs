using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;
using Recruitment.Identity.Sessions;

namespace Recruitment.Identity.Tests.Sessions;

/// <summary>Where somebody is signed in is his to see and to end, and what has ended opens nothing any more.</summary>
public sealed class SessionTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    private const string Lien = "lien@open-hand.example";

    [Fact]
    public async Task Tokens_name_the_session_and_how_it_was_proved()
    {
        var (_, tokens) = await app.Exchange(await app.CodeFor(Lien));

        var (id, access) = (Read(tokens, "id_token"), Read(tokens, "access_token"));
        Assert.Equal(id.GetClaim("sid").Value, access.GetClaim("sid").Value);
        Assert.Equal(id.GetClaim("auth_time").Value, access.GetClaim("auth_time").Value);
        Assert.Equal("pwd", id.GetClaim("amr").Value);
        Assert.Equal("pwd", access.GetClaim("amr").Value);
        var (_, renewed) = await app.Refresh(tokens.GetProperty("refresh_token").GetString()!);
        Assert.Equal(id.GetClaim("sid").Value, Read(renewed, "access_token").GetClaim("sid").Value);
    }

    [Fact]
    public async Task A_session_ended_by_its_owner_elsewhere_gives_no_code_and_no_token_any_more()
    {
        using var lost = app.Browser();
        lost.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        await IdentityApp.SignIn(lost, Lien);
        var (_, tokens) = await app.Exchange(IdentityApp.CodeIn(await app.Authorize(lost)));
        var code = IdentityApp.CodeIn(await app.Authorize(lost));
        using var own = app.Browser();
        await IdentityApp.SignIn(own, Lien);

        var page = await own.GetStringAsync("identity/account");
        Assert.Contains("Firefox, Linux", page, StringComparison.Ordinal);
        var ended = await IdentityApp.Fill(own, "identity/account", ("end", Read(tokens, "access_token").GetClaim("sid").Value));

        Assert.Equal("/identity/account?done=account.ended", ended.Headers.Location!.ToString());
        Assert.Equal("/identity/sign-in", (await app.Authorize(lost)).Headers.Location!.AbsolutePath);
        Assert.Equal(HttpStatusCode.BadRequest, (await app.Exchange(code)).Status);
        Assert.Equal("invalid_grant", (await app.Refresh(tokens.GetProperty("refresh_token").GetString()!)).Body.GetProperty("error").GetString());
        Assert.Contains("code=", (await app.Authorize(own)).Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_of_this_person_and_nobody_elses()
    {
        using var first = app.Browser();
        using var second = app.Browser();
        using var another = app.Browser();
        await IdentityApp.SignIn(first, "thida@open-hand.example");
        await IdentityApp.SignIn(second, "thida@open-hand.example");
        await IdentityApp.SignIn(another, Lien);

        await IdentityApp.Fill(first, "identity/account", ("everywhere", "true"));

        Assert.Equal("/identity/sign-in", (await app.Authorize(first)).Headers.Location!.AbsolutePath);
        Assert.Equal("/identity/sign-in", (await app.Authorize(second)).Headers.Location!.AbsolutePath);
        Assert.Contains("code=", (await app.Authorize(another)).Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_ends_anothers_session_by_its_id()
    {
        using var victim = app.Browser();
        await IdentityApp.SignIn(victim, "prasert@open-hand.example");
        var (_, tokens) = await app.Exchange(IdentityApp.CodeIn(await app.Authorize(victim)));
        using var attacker = app.Browser();
        await IdentityApp.SignIn(attacker, Lien);

        await IdentityApp.Fill(attacker, "identity/account", ("end", Read(tokens, "access_token").GetClaim("sid").Value));

        Assert.Contains("code=", (await app.Authorize(victim)).Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_a_copy_of_the_cookie_too()
    {
        using var browser = app.Browser();
        var cookie = CookieIn(await IdentityApp.SignIn(browser, Lien));
        using var thief = app.Browser();
        thief.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Contains("code=", (await app.Authorize(thief)).Headers.Location!.Query, StringComparison.Ordinal);

        await browser.GetAsync("connect/end-session");

        Assert.Equal("/identity/sign-in", (await app.Authorize(thief)).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task A_cookie_from_before_a_new_proof_is_worth_nothing_and_every_sign_in_has_a_session_of_its_own()
    {
        using var browser = app.Browser();
        var before = CookieIn(await IdentityApp.SignIn(browser, Lien));
        await IdentityApp.SignIn(browser, Lien);
        using var thief = app.Browser();
        thief.DefaultRequestHeaders.Add("Cookie", before);

        Assert.Equal("/identity/sign-in", (await app.Authorize(thief)).Headers.Location!.AbsolutePath);
        var (_, first) = await app.Exchange(await app.CodeFor(Lien));
        var (_, second) = await app.Exchange(await app.CodeFor(Lien));
        Assert.NotEqual(Read(first, "id_token").GetClaim("sid").Value, Read(second, "id_token").GetClaim("sid").Value);
    }

    [Fact]
    public async Task A_client_that_wants_no_page_is_told_that_nobody_is_signed_in()
    {
        using var browser = app.Browser();

        Assert.Contains("error=login_required", (await app.Authorize(browser, more: "&prompt=none")).Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("identity/account", "/identity/sign-in?returnUrl=%2Fidentity%2Faccount")]
    [InlineData("identity/th/account", "/identity/th/sign-in?returnUrl=%2Fidentity%2Fth%2Faccount")]
    public async Task The_account_is_shown_to_nobody_who_is_not_signed_in(string page, string to)
    {
        using var browser = app.Browser();

        Assert.Equal(to, (await browser.GetAsync(page)).Headers.Location!.PathAndQuery);
    }

    [Fact]
    public async Task No_page_of_the_issuer_is_framed_or_kept()
    {
        using var browser = app.Browser();

        var answer = await browser.GetAsync("identity/sign-in");

        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public void A_session_ends_by_its_age_and_by_not_being_used()
    {
        var options = new SessionOptions { LongestHours = 12, IdleHours = 4 };
        var start = new DateTime(2026, 1, 1, 8, 40, 0, DateTimeKind.Utc);
        var session = Session.Begin(Guid.CreateVersion7(), "Firefox", [Ways.Password], start, options).Session;

        Assert.Equal(new DateTime(2026, 1, 1, 8, 0, 0, DateTimeKind.Utc), session.LastSeen);
        Assert.True(session.IsOpen(start.AddHours(4), options));
        Assert.False(session.IsOpen(new DateTime(2026, 1, 1, 13, 0, 0, DateTimeKind.Utc), options));
        for (var hour = 1; hour < 12; hour++) session.Seen(start.AddHours(hour), options);
        Assert.True(session.IsOpen(start.AddHours(12).AddSeconds(-1), options));
        Assert.False(session.IsOpen(start.AddHours(12), options));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", "Edge, Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("somebody's <own> program 1.2", "")]
    public void Of_a_browser_only_its_kind_is_kept(string said, string kept) => Assert.Equal(kept, BrowserName.Of(said));

    private static JsonWebToken Read(JsonElement tokens, string name) => new(tokens.GetProperty(name).GetString());

    private static string CookieIn(HttpResponseMessage answer) =>
        answer.Headers.GetValues("Set-Cookie").Select(c => Regex.Match(c, "^recruitment-identity=[^;]+").Value).Single(c => c.Length > 0);
}
