using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Recruitment.Identity.Tests.Tokens;

/// <summary>A client can ask that whoever is signed in proves it once more, and the id token says when that was.</summary>
public sealed class SignInAnewTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    private const string Anna = "anna@marisol-pine.example";

    [Theory]
    [InlineData("&max_age=0")]
    [InlineData("&prompt=login")]
    public async Task Who_is_signed_in_is_asked_once_more_and_then_let_on(string asked)
    {
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, Anna);

        var first = await app.Authorize(browser, more: asked);
        Assert.Equal("/identity/sign-in", first.Headers.Location!.AbsolutePath);
        var page = await browser.GetStringAsync(first.Headers.Location);
        var confirmed = await IdentityApp.Fill(browser, first.Headers.Location.PathAndQuery, ("email", Anna), ("password", IdentityApp.Password));
        var back = await browser.GetAsync(confirmed.Headers.Location);

        Assert.Contains("Confirm that it is you", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{Anna}\"", page, StringComparison.Ordinal);
        Assert.Contains("code=", back.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_confirms_nothing()
    {
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, Anna);
        var first = await app.Authorize(browser, more: "&max_age=0");

        var refused = await IdentityApp.Fill(browser, first.Headers.Location!.PathAndQuery, ("email", Anna), ("password", "not the password"));

        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        Assert.Contains("Confirm that it is you", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/identity/sign-in", (await app.Authorize(browser, more: "&max_age=0")).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task Another_person_signs_out_the_first_one_first()
    {
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, Anna);
        var first = await app.Authorize(browser, more: "&max_age=0");

        var refused = await IdentityApp.Fill(browser, first.Headers.Location!.PathAndQuery, ("email", "malee@lotus-lane.example"), ("password", IdentityApp.Password));

        Assert.Contains($"You are signed in as {Anna}", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_just_signed_in_is_not_asked_again_and_the_id_token_says_when_it_was()
    {
        using var browser = app.Browser();
        var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        await IdentityApp.SignIn(browser, Anna);

        var answer = await app.Authorize(browser, more: "&max_age=300");
        var (_, tokens) = await app.Exchange(IdentityApp.CodeIn(answer));

        Assert.InRange(long.Parse(AuthTime(tokens)!, System.Globalization.CultureInfo.InvariantCulture), before, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Equal(AuthTime(tokens), new JsonWebToken(tokens.GetProperty("access_token").GetString()).GetClaim("auth_time").Value);
        var (_, renewed) = await app.Refresh(tokens.GetProperty("refresh_token").GetString()!);
        Assert.Equal(AuthTime(tokens), AuthTime(renewed));
    }

    private static string? AuthTime(System.Text.Json.JsonElement tokens) =>
        new JsonWebToken(tokens.GetProperty("id_token").GetString()).Claims.SingleOrDefault(c => c.Type == "auth_time")?.Value;
}
