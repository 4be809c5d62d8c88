using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>What somebody does at the issuer's own pages stands in the trail of the organisation that he acts for, with the session it was done in; what he was refused too.</summary>
public sealed class PageTrailTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task What_is_done_to_an_account_is_written_with_the_session_it_was_done_in()
    {
        const string Kanya = "kanya@chao-phraya-knit.example", Words = "four quiet words here";
        using var own = app.Browser();
        using var other = app.Browser();
        using var key = new SoftwareKey();
        await IdentityApp.SignIn(own, Kanya);
        await IdentityApp.TakeApp(own);
        var papers = Regex.Matches(await Body(IdentityApp.Fill(own, "identity/account/codes")), "<code class=\"whole\">([a-z0-9-]{19})</code>").Select(m => m.Groups[1].Value).ToList();
        await IdentityApp.Fill(own, "identity/account/password", ("password", Words));
        await IdentityApp.SignIn(other, Kanya, Words);
        await IdentityApp.Fill(other, "identity/second-step", ("recovery", papers[0]));
        var listed = await own.GetStringAsync("identity/account/passkeys");
        await IdentityApp.Send(own, "identity/account/passkeys", listed, [("name", "A key of the test"), .. key.Answer(listed, app.Address)]);
        await IdentityApp.Fill(own, "identity/account/passkeys", ("remove", Regex.Match(await own.GetStringAsync("identity/account/passkeys"), "name=\"remove\" value=\"([^\"]+)\"").Groups[1].Value));
        var second = (await app.TrailOf(Kanya)).Last(l => l.What == "SignIn").Session!;
        await IdentityApp.Fill(own, "identity/account", ("end", second));
        await IdentityApp.Fill(own, "identity/account", ("end", second));
        await IdentityApp.Fill(own, "identity/account/app", ("off", "true"));
        await IdentityApp.SignIn(other, Kanya, Words);
        await other.GetAsync("connect/end-session");
        await IdentityApp.Fill(own, "identity/account", ("everywhere", "true"));

        var lines = await app.TrailOf(Kanya);

        var what = lines.Select(l => l.What).ToList();
        what.Sort(1, 2, StringComparer.Ordinal); // saved together, and of the same moment
        Assert.Equal(
        [
            "SignIn", "AddApp", "MakeRecoveryCodes", "MakeRecoveryCodes", "ChangePassword", "UseRecoveryCode", "SignIn", "AddPasskey", "RemovePasskey", "EndSession", "RemoveApp", "SignIn", "SignOut", "SignOutEverywhere",
        ], what);
        var first = lines[0].Session;
        var third = lines[11].Session;
        Assert.Equal([first, first, first, first, first, null, second, first, first, first, first, third, third, first], lines.Select(l => l.Session));
        Assert.Equal(3, new[] { first, second, third }.OfType<string>().Distinct().Count());
        Assert.Equal(second, lines.Single(l => l.What == "EndSession").About);
        Assert.All(lines, l => Assert.Equal(("done", new Guid("11111111-0000-4000-8000-000000000007")), (l.Outcome, l.Party)));
        await using var db = app.Open();
        Assert.Equal([.. new[] { first, second, third }.Order()], (await db.Sessions.Where(s => s.PersonId == db.People.Single(p => p.Email == Kanya).Id).Select(s => s.Id).ToListAsync()).Select(s => $"{s}").Order());
    }

    [Fact]
    public async Task A_wrong_code_after_the_right_password_and_tries_that_were_too_many_are_written()
    {
        const string Bounmy = "bounmy@kingfisher-lane.example";
        using var first = app.Browser();
        await IdentityApp.SignIn(first, Bounmy);
        await IdentityApp.TakeApp(first);
        using var thief = app.Browser();
        await IdentityApp.SignIn(thief, Bounmy);
        for (var guess = 0; guess < 6; guess++) await IdentityApp.Fill(thief, "identity/second-step", ("code", $"00000{guess}"));
        for (var guess = 0; guess < 11; guess++) await IdentityApp.SignIn(thief, Bounmy, "a guess of a stranger");

        var refused = (await app.TrailOf(Bounmy)).Where(l => l.Outcome != "done").GroupBy(l => (l.What, l.Outcome)).ToDictionary(l => l.Key, l => l.Count());

        Assert.Equal(5, refused[("SecondStep", "not-right")]);
        Assert.Equal(1, refused[("SecondStep", "too-many")]);
        Assert.True(refused[("SignIn", "too-many")] >= 1);
    }

    [Fact]
    public async Task Another_address_a_password_by_link_and_a_recovery_are_written_and_no_address_is()
    {
        const string Hla = "hla@saffron-bridge.example", After = "hla.new@saffron-bridge.example";
        using var own = app.Browser();
        await IdentityApp.SignIn(own, Hla);
        await IdentityApp.TakeApp(own);
        await IdentityApp.Fill(own, "identity/forgotten", ("email", Hla));
        await IdentityApp.Fill(app.Browser(), await app.LinkTo(Hla, "new-password"), ("password", "four quiet words here"));
        await IdentityApp.SignIn(own, Hla, "four quiet words here");
        await IdentityApp.Fill(own, "identity/second-step", ("lost", "true"));
        await IdentityApp.Fill(own, await app.LinkTo(Hla, "recovery"));
        await IdentityApp.Fill(own, await app.LinkTo(Hla, "not-me"));
        using var again = app.Browser();
        await app.Write("DELETE FROM \"Authenticators\"");
        await IdentityApp.SignIn(again, Hla, "four quiet words here");
        await IdentityApp.Fill(again, "identity/account/email", ("email", After));
        await IdentityApp.Fill(again, await app.LinkTo(After, "confirm"));

        var lines = await app.TrailOf(After);

        Assert.Equal(["ResetPassword", "BeginRecovery", "StopRecovery", "ChangeEmail"], lines.Select(l => l.What).Except(["SignIn", "AddApp", "MakeRecoveryCodes", "SecondStep"]));
        Assert.Equal(lines.Last(l => l.What == "SignIn").Session, lines.Single(l => l.What == "ChangeEmail").Session);
        Assert.Equal(lines.Single(l => l.What == "BeginRecovery").About, lines.Single(l => l.What == "StopRecovery").About);
        await using var db = app.Open();
        Assert.DoesNotContain(await AuditTrails.In(db), e => string.Join(' ', e.Who, e.About, e.What, e.Outcome, e.Session).Contains('@', StringComparison.Ordinal));
    }

    private static async Task<string> Body(Task<HttpResponseMessage> answer) => await (await answer).Content.ReadAsStringAsync();
}
