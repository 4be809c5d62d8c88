using System.Net;
using Microsoft.AspNetCore.Http;
using Recruitment.Identity.Pages;

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

    [Theory]
    [InlineData("", IdentityApp.Password)]
    [InlineData("ben@kestrel-row.example", "")]
    [InlineData("", "")]
    public async Task A_field_left_empty_is_answered_like_any_other_that_is_not_right(string email, string password)
    {
        using var browser = app.Browser();

        var answer = await IdentityApp.SignIn(browser, email, password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("E-mail or password is not right", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_sign_in_says_that_this_is_a_demonstration()
    {
        using var browser = app.Browser();

        foreach (var page in new[] { "identity/sign-in", "identity/join?token=x" })
            Assert.Contains("<strong>Demonstration.</strong>", await (await browser.GetAsync(page)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/identity/sign-in", true)]
    [InlineData("/api/v1/identity/people", false)]
    [InlineData("/connect/authorize", true)]
    [InlineData("/connect/end-session", true)]
    [InlineData("/connect/token", false)]
    public async Task Only_pages_take_a_failure_from_the_problems_that_machines_get(string path, bool taken)
    {
        var context = new DefaultHttpContext { Request = { Path = path } };

        Assert.Equal(taken, await new TroublePages().TryHandleAsync(context, new InvalidOperationException("The database is away."), TestContext.Current.CancellationToken));
        Assert.Equal(taken ? 500 : 200, context.Response.StatusCode);
    }

    [Theory]
    [InlineData("identity/nothing-here", HttpStatusCode.NotFound, "There is no such page")]
    [InlineData("identity/trouble/500", HttpStatusCode.InternalServerError, "Something went wrong on our side")]
    public async Task What_fails_on_the_way_to_sign_in_is_a_page_that_says_what_to_do(string address, HttpStatusCode status, string words)
    {
        using var browser = app.Browser();

        var answer = await browser.GetAsync(address);

        Assert.Equal((status, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        using var browser = app.Browser();

        var answer = await browser.PostAsync("identity/sign-in", new FormUrlEncodedContent(
            [new("email", "ben@kestrel-row.example"), new("password", IdentityApp.Password)]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Open it again and send it once more", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_character_in_a_form_is_answered_with_a_page_and_not_with_a_failure()
    {
        using var browser = app.Browser();

        var answer = await IdentityApp.SignIn(browser, "an\0na@marisol-pine.example");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("text/html", answer.Content.Headers.ContentType?.ToString(), StringComparison.Ordinal);
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
