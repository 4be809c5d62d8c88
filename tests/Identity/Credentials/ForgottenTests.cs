using System.Text.RegularExpressions;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>A link by mail gives another password and nothing else; who asks for it learns nothing.</summary>
public sealed class ForgottenTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task A_link_works_once_ends_every_session_and_does_not_stand_in_for_the_second_step()
    {
        const string Ben = "ben@kestrel-row.example";
        using var signedIn = app.Browser();
        await IdentityApp.SignIn(signedIn, Ben);
        await IdentityApp.TakeApp(signedIn);
        using var browser = app.Browser();
        await IdentityApp.Fill(browser, "identity/forgotten", ("email", Ben));
        var link = await app.LinkTo(Ben, "new-password");

        Assert.Contains("at least 12", await Body(IdentityApp.Fill(browser, link, ("password", "short"))), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("/identity/sign-in", (await IdentityApp.Fill(browser, link, ("password", "four quiet words here"))).Headers.Location!.ToString());

        Assert.Contains("not valid any more", await browser.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Equal("/identity/sign-in", (await app.Authorize(signedIn)).Headers.Location!.AbsolutePath);
        Assert.StartsWith("/identity/second-step", (await IdentityApp.SignIn(browser, Ben, "four quiet words here")).Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("not right", await Body(IdentityApp.SignIn(app.Browser(), Ben)), StringComparison.Ordinal);
        await app.LinkTo(Ben, "account", "Your password was changed");
    }

    [Fact]
    public async Task The_answer_is_the_same_for_every_address_and_no_mail_goes_to_one_without_an_account()
    {
        using var browser = app.Browser();

        var known = await Body(IdentityApp.Fill(browser, "identity/th/forgotten", ("email", "anna@marisol-pine.example")));
        var unknown = await Body(IdentityApp.Fill(browser, "identity/th/forgotten", ("email", "nobody@marisol-pine.example")));

        Assert.Equal(Plain(known), Plain(unknown));
        await app.LinkTo("anna@marisol-pine.example", "th/new-password");
        Assert.DoesNotContain(app.Mails(), m => m.To.Mailboxes.Single().Address == "nobody@marisol-pine.example");

        static string Plain(string page) => Regex.Replace(page, "value=\"[^\"]+\"", "");
    }

    private static async Task<string> Body(Task<HttpResponseMessage> answer) => await (await answer).Content.ReadAsStringAsync();
}
