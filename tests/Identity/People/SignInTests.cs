using System.Net;

namespace Recruitment.Identity.Tests.People;

public sealed class SignInTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task A_refusal_does_not_tell_which_part_was_wrong()
    {
        var wrongPassword = await Answer("ben@kestrel-row.example", "not the password");
        var wrongEmail = await Answer("nobody@kestrel-row.example", "not the password");

        Assert.Contains("E-mail or password is not right", wrongPassword, StringComparison.Ordinal);
        Assert.Contains("E-mail or password is not right", wrongEmail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        using var browser = app.Browser();

        var answer = await browser.PostAsync("identity/sign-in", new FormUrlEncodedContent(
            [new("email", "ben@kestrel-row.example"), new("password", IdentityApp.Password)]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Sign_in_leads_to_no_foreign_address()
    {
        using var browser = app.Browser();

        var answer = await IdentityApp.Fill(browser, "identity/sign-in?returnUrl=https%3A%2F%2Felsewhere.example%2F",
            ("email", "ben@kestrel-row.example"), ("password", IdentityApp.Password));

        Assert.Equal("/sign-in", answer.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Ten_wrong_tries_close_one_account_from_one_address_and_no_other_account()
    {
        for (var i = 0; i < 10; i++) await Answer("kanya@chao-phraya-knit.example", "guess");

        Assert.Contains("Too many tries", await Answer("kanya@chao-phraya-knit.example", IdentityApp.Password), StringComparison.Ordinal);
        using var browser = app.Browser();
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.SignIn(browser, "somchai@rung-fah.example")).StatusCode);
    }

    private async Task<string> Answer(string email, string password)
    {
        using var browser = app.Browser();
        return await (await IdentityApp.SignIn(browser, email, password)).Content.ReadAsStringAsync();
    }
}
