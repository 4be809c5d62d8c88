using System.Net;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>A passkey signs in whoever has it, on our own pages alone, and each answer counts once.</summary>
public sealed class PasskeyTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task Somebody_adds_a_passkey_signs_in_with_it_alone_and_takes_it_away_again()
    {
        const string Anna = "anna@marisol-pine.example";
        using var key = new SoftwareKey();
        using var first = app.Browser();
        await IdentityApp.SignIn(first, Anna);
        var added = await Add(first, key);
        // The first second step comes with the codes on paper.
        Assert.StartsWith("/identity/account/codes", added.Headers.Location!.ToString(), StringComparison.Ordinal);
        var list = await first.GetStringAsync("identity/account/passkeys");
        Assert.Contains("A key of the test", list, StringComparison.Ordinal);

        using var browser = app.Browser();
        var page = await browser.GetStringAsync("identity/sign-in");
        var answer = key.Answer(page, app.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.Send(browser, "identity/sign-in", page, answer)).StatusCode);
        var (_, tokens) = await app.Exchange(IdentityApp.CodeIn(await app.Authorize(browser)));
        Assert.Equal("passkey", new JsonWebToken(tokens.GetProperty("id_token").GetString()).GetClaim("amr").Value);

        // With the password it is the second step, and the password alone is not enough any more.
        using var third = app.Browser();
        var halfway = await IdentityApp.SignIn(third, Anna);
        Assert.StartsWith("/identity/second-step", halfway.Headers.Location!.ToString(), StringComparison.Ordinal);
        var step = await third.GetStringAsync(halfway.Headers.Location);
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.Send(third, "identity/second-step", step, key.Answer(step, app.Address))).StatusCode);

        await IdentityApp.Fill(first, "identity/account/passkeys", ("remove", Regex.Match(list, "name=\"remove\" value=\"([^\"]+)\"").Groups[1].Value));
        page = await third.GetStringAsync("identity/sign-in");
        Assert.Contains("not known here", await (await IdentityApp.Send(third, "identity/sign-in", page, key.Answer(page, app.Address))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_made_elsewhere_without_a_finger_to_another_question_or_sent_twice_opens_nothing()
    {
        using var key = new SoftwareKey();
        using var first = app.Browser();
        await IdentityApp.SignIn(first, "thida@open-hand.example");
        await Add(first, key);
        using var browser = app.Browser();

        var page = await browser.GetStringAsync("identity/sign-in");
        key.Origin = "http://localhost.elsewhere.example";
        await Refused(page, key.Answer(page, app.Address));
        key.Origin = null;
        key.IsVerified = false;
        await Refused(page, key.Answer(page, app.Address));
        key.IsVerified = true;
        var another = key.Answer(await browser.GetStringAsync("identity/sign-in"), app.Address);
        await Refused(page, [another[0], key.Answer(page, app.Address)[1]]);
        using (var foreign = new SoftwareKey()) await Refused(page, foreign.Answer(page, app.Address));

        var right = key.Answer(page, app.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.Send(browser, "identity/sign-in", page, right)).StatusCode);
        using var thief = app.Browser();
        var copy = await thief.GetStringAsync("identity/sign-in");
        Assert.Contains("not known here", await (await IdentityApp.Send(thief, "identity/sign-in", copy, right)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        async Task Refused(string form, (string, string)[] answer) =>
            Assert.Contains("not known here", await (await IdentityApp.Send(browser, "identity/sign-in", form, answer)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_one_person_was_asked_adds_no_passkey_to_anothers_account()
    {
        using var key = new SoftwareKey();
        using var attacker = app.Browser();
        await IdentityApp.SignIn(attacker, "ben@kestrel-row.example");
        var asked = key.Answer(await attacker.GetStringAsync("identity/account/passkeys"), app.Address);
        using var victim = app.Browser();
        await IdentityApp.SignIn(victim, "lien@open-hand.example");

        var answer = await IdentityApp.Fill(victim, "identity/account/passkeys", asked);

        Assert.Contains("That did not work", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guesses_at_the_password_do_not_close_the_way_of_a_passkey()
    {
        const string Dara = "dara@lotus-lane.example";
        using var key = new SoftwareKey();
        using var first = app.Browser();
        await IdentityApp.SignIn(first, Dara);
        await Add(first, key);
        using var stranger = app.Browser();
        for (var guess = 0; guess < 11; guess++) await IdentityApp.SignIn(stranger, Dara, "a guess of a stranger");
        using var elsewhere = app.Browser();

        var page = await elsewhere.GetStringAsync("identity/sign-in");

        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.Send(elsewhere, "identity/sign-in", page, key.Answer(page, app.Address))).StatusCode);
    }

    private async Task<HttpResponseMessage> Add(HttpClient browser, SoftwareKey key)
    {
        var page = await browser.GetStringAsync("identity/account/passkeys");
        return await IdentityApp.Send(browser, "identity/account/passkeys", page, key.Answer(page, app.Address));
    }
}
