using System.Globalization;
using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Recruitment.Identity.Tests.Sessions;

/// <summary>A token is as old as the sign-in that it was asked for in, however often it is renewed.</summary>
public sealed class LongSignedInTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    private const string Admin = "admin@open-hand.example";
    private const string Export = "api/v1/identity/audit/export";

    [Fact]
    public async Task A_renewed_token_stays_as_old_as_it_was_even_when_its_person_signs_in_again_and_only_a_new_one_counts()
    {
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, Admin);
        await app.Write($"UPDATE \"Sessions\" SET \"ProvedAt\" = '{DateTime.UtcNow.AddHours(-1).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}'");
        var (_, old) = await app.Exchange(IdentityApp.CodeIn(await app.Authorize(browser)));
        Assert.Equal(HttpStatusCode.Unauthorized, await Exported(old));

        var asked = (await app.Authorize(browser, more: "&max_age=450")).Headers.Location!;
        Assert.Equal("/identity/sign-in", asked.AbsolutePath);
        var confirmed = await IdentityApp.Fill(browser, asked.PathAndQuery, ("email", Admin), ("password", IdentityApp.Password));
        var (_, renewed) = await app.Refresh(old.GetProperty("refresh_token").GetString()!);

        Assert.Equal(AuthTime(old), AuthTime(renewed));
        Assert.Equal(HttpStatusCode.Unauthorized, await Exported(renewed));
        var (_, fresh) = await app.Exchange(IdentityApp.CodeIn(await browser.GetAsync(confirmed.Headers.Location)));
        Assert.Equal(HttpStatusCode.OK, await Exported(fresh));
    }

    private async Task<HttpStatusCode> Exported(System.Text.Json.JsonElement tokens)
    {
        using var client = app.Bearing(tokens.GetProperty("access_token").GetString()!);
        using var answer = await client.GetAsync(Export);
        return answer.StatusCode;
    }

    private static string AuthTime(System.Text.Json.JsonElement tokens) => new JsonWebToken(tokens.GetProperty("access_token").GetString()).GetClaim("auth_time").Value;
}
