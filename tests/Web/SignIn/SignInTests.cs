using System.Net;

namespace Recruitment.Web.Tests.SignIn;

public sealed class SignInTests(WebHost web) : IClassFixture<WebHost>
{
    [Fact]
    public async Task Sign_in_asks_the_issuer_for_a_code_with_a_hashed_proof()
    {
        var answer = await web.Get("/sign-in");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith($"{web.Issuer}/authorize?", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("response_type=code", answer.Headers.Location.Query, StringComparison.Ordinal);
        Assert.Contains("code_challenge_method=S256", answer.Headers.Location.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/operators")]
    [InlineData("/operators/clock")]
    [InlineData("/operators/readers")]
    [InlineData("/operators/messages")]
    [InlineData("/operators/work")]
    [InlineData("/operators/texts")]
    [InlineData("/operators/texts/my")]
    [InlineData("/suppliers/estimates")]
    [InlineData("/auditors/reports")]
    [InlineData("/recruiters/reports")]
    public async Task A_stranger_at_a_staff_page_signs_in_first(string page)
    {
        var answer = await web.Get(page);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/sign-in", answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.AbsolutePath : answer.Headers.Location.ToString().Split('?')[0]);
    }

    [Fact]
    public async Task A_made_up_cookie_signs_nobody_in()
    {
        var answer = await web.Get("/operators", cookie: "recruitment=CfDJ8NmadeUp");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_signed_out_by_a_form_from_elsewhere()
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await web.Post("/sign-out")).StatusCode);
    }

    [Fact]
    public async Task The_address_that_signing_out_comes_back_to_leads_to_the_first_page_when_it_is_opened_by_hand()
    {
        var answer = await web.Get("/sign-out/callback");

        Assert.Equal((HttpStatusCode.Redirect, "/"), (answer.StatusCode, answer.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Pages_allow_only_what_comes_from_here()
    {
        var answer = await web.Get("/");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }
}
