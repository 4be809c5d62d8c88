using System.Net;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>An address counts when a link sent to it was opened, and the one before hears of it.</summary>
public sealed class EmailTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task Another_address_takes_the_place_of_the_first_by_the_link_sent_to_it_and_the_first_is_told()
    {
        const string Before = "bounmy@kingfisher-lane.example", After = "bounmy.new@kingfisher-lane.example";
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, Before);
        await IdentityApp.Fill(browser, "identity/account/email", ("email", After));
        using var elsewhere = app.Browser();
        Assert.Equal(HttpStatusCode.OK, (await IdentityApp.SignIn(elsewhere, After)).StatusCode);

        var link = await app.LinkTo(After, "confirm");
        Assert.Contains("is proved", await (await IdentityApp.Fill(elsewhere, link)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(elsewhere, After)).StatusCode);
        await app.LinkTo(Before, "old-email", "e-mail of your account was changed");
        Assert.Contains("not valid any more", await elsewhere.GetStringAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whose_address_was_changed_by_somebody_else_puts_it_back_and_whoever_changed_it_has_nothing_left()
    {
        const string Before = "sophea@golden-ferry.example", Thiefs = "sophea@elsewhere.example", Farther = "sophea@farther.example";
        using var thief = app.Browser();
        await IdentityApp.SignIn(thief, Before);
        await Change(thief, Thiefs);
        var ofOwner = await app.LinkTo(Before, "old-email");
        await Change(thief, Farther);
        var ofThief = await app.LinkTo(Thiefs, "old-email");
        await IdentityApp.Fill(thief, "identity/forgotten", ("email", Farther));
        var newPassword = await app.LinkTo(Farther, "new-password");
        using var owner = app.Browser();
        Assert.Contains(Before, await owner.GetStringAsync(ofOwner), StringComparison.Ordinal);

        Assert.Contains("has its address back", await (await IdentityApp.Fill(owner, ofOwner)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal("/identity/sign-in", (await app.Authorize(thief)).Headers.Location!.AbsolutePath);
        foreach (var link in new[] { ofThief, newPassword, ofOwner }) Assert.Contains("not valid any more", await owner.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await IdentityApp.SignIn(owner, Farther)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(owner, Before)).StatusCode);
        Assert.Contains("RestoreEmail", (await app.TrailOf(Before)).Select(l => l.What));
        await app.LinkTo(Farther, "account", "e-mail of your account was changed");
    }

    [Fact]
    public async Task Whoever_stole_the_address_in_between_ends_no_link_of_the_owners_by_putting_his_own_back()
    {
        const string Before = "prasert@open-hand.example", Thiefs = "prasert@elsewhere.example", Farther = "prasert@farther.example";
        using var thief = app.Browser();
        await IdentityApp.SignIn(thief, Before);
        await Change(thief, Thiefs);
        await Change(thief, Farther);

        await IdentityApp.Fill(thief, await app.LinkTo(Thiefs, "old-email"));
        await IdentityApp.Fill(app.Browser(), await app.LinkTo(Before, "old-email"));

        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(app.Browser(), Before)).StatusCode);
    }

    [Fact]
    public async Task An_address_that_was_never_proved_to_be_the_owners_gets_no_way_into_the_account()
    {
        const string Typed = "noi@open-hand.example", Right = "noi.right@open-hand.example";
        await app.Write($"UPDATE \"People\" SET \"EmailConfirmed\" = false WHERE \"Email\" = '{Typed}'");
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, Typed);
        await Change(browser, Right);

        await app.LinkTo(Typed, "account", "e-mail of your account was changed");
        Assert.DoesNotContain(app.Mails(), m => m.To.Mailboxes.Single().Address == Typed && (m.TextBody ?? "").Contains("old-email", StringComparison.Ordinal));
    }

    private async Task Change(HttpClient browser, string to)
    {
        await IdentityApp.Fill(browser, "identity/account/email", ("email", to));
        await IdentityApp.Fill(browser, await app.LinkTo(to, "confirm"));
    }

    [Fact]
    public async Task The_address_of_another_account_is_not_taken_over()
    {
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, "lien@open-hand.example");
        await IdentityApp.Fill(browser, "identity/account/email", ("email", "prasert@open-hand.example"));

        var answer = await IdentityApp.Fill(browser, await app.LinkTo("prasert@open-hand.example", "confirm"));

        Assert.DoesNotContain("is proved", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("lien@open-hand.example", await browser.GetStringAsync("identity/account"), StringComparison.Ordinal);
    }
}
