using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Tests.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Tests.Recoveries;

/// <summary>Who has lost every second step comes in again, and nobody else is talked in.</summary>
public sealed class RecoveryTests(InvitingSuppliers app) : IClassFixture<InvitingSuppliers>
{
    [Fact]
    public async Task With_the_password_a_mail_two_administrators_and_time_somebody_comes_in_without_the_second_step_and_only_then()
    {
        const string Kanya = "kanya@chao-phraya-knit.example";
        await Lose(Kanya);
        using var admin = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        using var second = app.Bearing(await app.TokenFor(await SecondAdministrator(admin)));

        var asked = await Asked(admin, Kanya);
        Assert.Equal(HttpStatusCode.NoContent, (await Approve(admin, asked)).StatusCode);
        Assert.Equal("approved-already", await Code(await Approve(admin, asked)));
        Assert.Equal(HttpStatusCode.NoContent, (await Approve(second, asked)).StatusCode);
        using var early = app.Browser();
        Assert.StartsWith("/identity/second-step", (await IdentityApp.SignIn(early, Kanya)).Headers.Location!.ToString(), StringComparison.Ordinal);

        await app.Write("UPDATE \"Recoveries\" SET \"AskedAt\" = '2026-01-01 00:00:00' WHERE \"EndedAt\" IS NULL".Replace("2026-01-01 00:00:00", DateTime.UtcNow.AddHours(-25).ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
        using var browser = app.Browser();

        Assert.Equal("/sign-in", (await IdentityApp.SignIn(browser, Kanya)).Headers.Location!.ToString());
        Assert.Contains("code=", (await app.Authorize(browser)).Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Contains("0 codes", await browser.GetStringAsync("identity/account/codes"), StringComparison.Ordinal);
        await app.LinkTo(Kanya, "account", "opened without the second step");
    }

    [Fact]
    public async Task A_click_on_the_notice_stops_it_for_good_and_ends_every_session()
    {
        const string Hla = "hla@saffron-bridge.example";
        using var own = await Lose(Hla);
        using var admin = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        var asked = await Asked(admin, Hla);
        using var anybody = app.Browser();
        var notMe = await app.LinkTo(Hla, "not-me");

        Assert.Contains("It is stopped", await (await IdentityApp.Fill(anybody, notMe)).Content.ReadAsStringAsync(), StringComparison.Ordinal);

        Assert.Equal("recovery-ended", await Code(await Approve(admin, asked)));
        Assert.Equal("/identity/sign-in", (await app.Authorize(own)).Headers.Location!.AbsolutePath);
    }

    [Fact]
    public async Task One_administrator_who_finds_that_the_owner_did_not_ask_stops_it()
    {
        const string Bao = "lien@open-hand.example";
        await Lose(Bao);
        using var admin = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        var asked = await Asked(admin, Bao);
        using var stale = new HttpRequestMessage(HttpMethod.Post, $"api/v1/identity/recoveries/{asked.GetProperty("id").GetString()}/refusal") { Headers = { { "If-Match", "\"7\"" } } };
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await admin.SendAsync(stale)).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await Refuse(admin, asked)).StatusCode);

        Assert.Equal(("recovery-ended", "recovery-ended"), (await Code(await Approve(admin, asked)), await Code(await Refuse(admin, asked))));
        Assert.Equal("refused", (await Asked(admin, Bao)).GetProperty("endedBecause").GetString());
    }

    [Fact]
    public async Task Whose_role_has_ended_decides_nothing_in_the_minute_that_the_token_lives_on()
    {
        const string Malee = "malee@lotus-lane.example";
        await Lose(Malee);
        using var admin = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        var asked = await Asked(admin, Malee);
        using var ended = app.Bearing(app.Forge(Guid.CreateVersion7().ToString(), "administrator", Guid.Parse("11111111-0000-4000-8000-000000000005"), "operator"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), ((await Approve(ended, asked)).StatusCode, (await Refuse(ended, asked)).StatusCode));
        var role = (await admin.GetFromJsonAsync<JsonElement>("api/v1/identity/people")).GetProperty("items").EnumerateArray().Single(p => p.GetProperty("email").GetString() == Malee).GetProperty("roles")[0].GetProperty("membershipId").GetString();
        using var end = await ended.PostAsync($"api/v1/identity/people/{asked.GetProperty("personId").GetString()}/memberships/{role}/end", null);
        Assert.Equal(HttpStatusCode.NotFound, end.StatusCode);
        Assert.Equal(0, (await Asked(admin, Malee)).GetProperty("approvals").GetInt32());
    }

    [Fact]
    public async Task A_sign_in_with_the_second_step_ends_it()
    {
        const string Sophea = "sophea@golden-ferry.example";
        using var own = app.Browser();
        await IdentityApp.SignIn(own, Sophea);
        var (_, papers, _) = await IdentityApp.TakeApp(own);
        await AskFor(Sophea);
        using var admin = app.Bearing(await app.TokenFor("admin@open-hand.example"));
        var asked = await Asked(admin, Sophea);

        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, Sophea);
        await IdentityApp.Fill(browser, "identity/second-step", ("recovery", papers[0]));

        Assert.Equal("recovery-ended", await Code(await Approve(admin, asked)));
    }

    [Fact]
    public void Nobody_approves_his_own_and_the_waiting_is_not_cut_short_by_approvals()
    {
        var options = new RecoveryOptions();
        var (person, now) = (Guid.CreateVersion7(), new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var recovery = Recovery.Of(person, now);

        Assert.Equal("own-recovery", Assert.Throws<BrokenRuleException>(() => recovery.Approve(person, now, options)).Code);
        recovery.Approve(Guid.CreateVersion7(), now, options);
        Assert.False(recovery.IsReady(now.AddHours(25), options));
        recovery.Approve(Guid.CreateVersion7(), now, options);
        Assert.Equal("approved-twice", Assert.Throws<BrokenRuleException>(() => recovery.Approve(Guid.CreateVersion7(), now, options)).Code);
        Assert.False(recovery.IsReady(now.AddHours(23), options));
        Assert.True(recovery.IsReady(now.AddHours(24), options));
        Assert.False(recovery.IsReady(now.AddDays(8), options));
    }

    /// <summary>A browser that is signed in still, of somebody who has lost the rest and has begun a recovery elsewhere.</summary>
    private async Task<HttpClient> Lose(string email)
    {
        var own = app.Browser();
        await IdentityApp.SignIn(own, email);
        await IdentityApp.TakeApp(own);
        await AskFor(email);
        return own;
    }

    private async Task AskFor(string email)
    {
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, email);
        await IdentityApp.Fill(browser, "identity/second-step", ("lost", "true"));
        var begun = await IdentityApp.Fill(browser, await app.LinkTo(email, "recovery"));
        Assert.Contains("It is asked", await begun.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> SecondAdministrator(HttpClient admin)
    {
        const string Email = "second@open-hand.example";
        app.Kinds[Guid.Parse("11111111-0000-4000-8000-000000000005")] = "operator";
        var invited = await admin.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = "11111111-0000-4000-8000-000000000005", kind = "operator", role = "administrator" });
        using var browser = app.Browser();
        await IdentityApp.Fill(browser, (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!, ("email", Email), ("password", IdentityApp.Password));
        return Email;
    }

    private static async Task<JsonElement> Asked(HttpClient admin, string email) =>
        (await admin.GetFromJsonAsync<JsonElement>("api/v1/identity/recoveries")).GetProperty("items").EnumerateArray().Single(r => r.GetProperty("email").GetString() == email);

    private static Task<HttpResponseMessage> Approve(HttpClient admin, JsonElement asked) => admin.PostAsync($"api/v1/identity/recoveries/{asked.GetProperty("id").GetString()}/approve", null);

    private static Task<HttpResponseMessage> Refuse(HttpClient admin, JsonElement asked) => admin.PostAsync($"api/v1/identity/recoveries/{asked.GetProperty("id").GetString()}/refusal", null);

    private static async Task<string?> Code(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString()?.Replace("urn:recruitment:", "", StringComparison.Ordinal);
}
