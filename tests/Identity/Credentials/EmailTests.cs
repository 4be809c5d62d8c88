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
        await app.LinkTo(Before, "account", "e-mail of your account was changed");
        Assert.Contains("not valid any more", await elsewhere.GetStringAsync(link), StringComparison.Ordinal);
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
