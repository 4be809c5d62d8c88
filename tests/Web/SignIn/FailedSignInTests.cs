using System.Net;
using System.Web;

namespace Recruitment.Web.Tests.SignIn;

/// <summary>What comes back from the issuer too late, a second time or made up ends on a page with a way on.</summary>
public sealed class FailedSignInTests(WebHost web) : IClassFixture<WebHost>
{
    [Theory]
    [InlineData("/brands", true), InlineData("/brands?page=2", true)]
    [InlineData("//elsewhere.example", false), InlineData("/\\elsewhere.example", false), InlineData("/\t/elsewhere.example", false), InlineData("/\n/elsewhere.example", false)]
    [InlineData("https://elsewhere.example", false), InlineData("", false), InlineData(null, false)]
    public void After_sign_in_nobody_is_led_elsewhere(string? wanted, bool ours) => Assert.Equal(ours, Recruitment.Web.Hosting.SignIn.Local(wanted) == wanted);

    [Theory]
    [InlineData("")]
    [InlineData("?code=anything&state=made-up")]
    [InlineData("?error=access_denied&error_description=Call+081-234-5678")]
    [InlineData("?error=server_error&error_description=Call+081-234-5678&error_uri=http%3A%2F%2Felsewhere.example&state=made-up")]
    public async Task An_answer_that_belongs_to_no_sign_in_is_a_page_that_repeats_nothing_of_it(string query)
    {
        var answer = await web.Get($"/sign-in/callback{query}");

        Assert.Equal((HttpStatusCode.BadRequest, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<h1>This sign-in cannot be finished</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<a class=\"button\" href=\"/sign-in\">Sign in again</a>", page, StringComparison.Ordinal);
        foreach (var repeated in new[] { "081-234-5678", "elsewhere.example", "made-up", "access_denied", "server_error" })
            Assert.DoesNotContain(repeated, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_back_after_the_cookies_are_gone_signs_in_again_for_the_page_she_wanted()
    {
        var answer = await web.Get($"/sign-in/callback?code=late&state={await State("/suppliers/profile?part=2")}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("href=\"/sign-in?returnUrl=%2Fsuppliers%2Fprofile%3Fpart%3D2\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_in_already_is_told_so_and_goes_on()
    {
        var signedIn = await web.SignedIn("supplier_user");

        var known = await (await web.Get($"/sign-in/callback?code=used&state={await State("/suppliers/profile")}", cookie: signedIn)).Content.ReadAsStringAsync();
        var bare = await (await web.Get("/sign-in/callback", cookie: signedIn)).Content.ReadAsStringAsync();

        Assert.Contains("<h1>You are signed in already</h1>", known, StringComparison.Ordinal);
        Assert.Contains("<a class=\"button\" href=\"/suppliers/profile\">Go on</a>", known, StringComparison.Ordinal);
        Assert.Contains("<a class=\"button\" href=\"/signed-in\">Go on</a>", bare, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_the_issuer_does_not_answer_is_not_said_to_be_her_delay()
    {
        await using var alone = new WebHost();
        await alone.InitializeAsync();
        var begun = await alone.Get("/sign-in");
        var cookies = string.Join("; ", begun.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var state = HttpUtility.ParseQueryString(begun.Headers.Location!.Query)["state"];
        await alone.IssuerGoesAway();

        var answer = await alone.Get($"/sign-in/callback?code=good&state={Uri.EscapeDataString(state!)}", cookie: cookies);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("<h1>Sign-in does not answer</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Of a sign-in that began in a browser whose cookies are lost since.</summary>
    private async Task<string> State(string wanted)
    {
        var begun = await web.Get($"/sign-in?returnUrl={Uri.EscapeDataString(wanted)}");
        return Uri.EscapeDataString(HttpUtility.ParseQueryString(begun.Headers.Location!.Query)["state"]!);
    }
}
