using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Recruitment.Identity.Tests.Credentials;

/// <summary>Who has taken a second step is let in by a password alone no more, and each code works once.</summary>
public sealed class SecondStepTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task After_an_app_was_taken_the_password_opens_only_the_second_step_and_each_code_works_once()
    {
        const string Malee = "malee@lotus-lane.example";
        using var first = app.Browser();
        await IdentityApp.SignIn(first, Malee);
        var (secret, papers, spent) = await IdentityApp.TakeApp(first);
        Assert.Equal(10, papers.Distinct().Count());

        using var browser = app.Browser();
        var halfway = await IdentityApp.SignIn(browser, Malee);
        Assert.StartsWith("/identity/second-step", halfway.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("/identity/sign-in", (await app.Authorize(browser)).Headers.Location!.AbsolutePath);
        // The code with which the app was taken is spent.
        Assert.Contains("not right, or it was used", await Try(browser, ("code", spent)), StringComparison.Ordinal);
        var code = IdentityApp.CodeOf(secret, later: 1);
        using var another = app.Browser();
        await IdentityApp.SignIn(another, Malee);
        var answers = await Task.WhenAll(Try(browser, ("code", code)), Try(another, ("code", code)));

        Assert.Single(answers, a => a.Length == 0);
        var (_, tokens) = await app.Exchange(IdentityApp.CodeIn(await app.Authorize(answers[0].Length == 0 ? browser : another)));
        Assert.Equal(["pwd", "otp"], new JsonWebToken(tokens.GetProperty("id_token").GetString()).Claims.Where(c => c.Type == "amr").Select(c => c.Value));
    }

    [Fact]
    public async Task A_code_on_paper_opens_once_however_it_is_typed_and_new_ones_end_those_from_before()
    {
        const string Dara = "dara@lotus-lane.example";
        using var first = app.Browser();
        await IdentityApp.SignIn(first, Dara);
        var (_, papers, _) = await IdentityApp.TakeApp(first);
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, Dara);

        Assert.Contains("not right", await Try(browser, ("recovery", "aaaa-bbbb-cccc-dddd")), StringComparison.Ordinal);
        Assert.Empty(await Try(browser, ("recovery", papers[0].ToUpperInvariant().Replace('-', ' '))));
        await IdentityApp.SignIn(browser, Dara);
        Assert.Contains("not right", await Try(browser, ("recovery", papers[0])), StringComparison.Ordinal);
        var renewed = await IdentityApp.Fill(first, "identity/account/codes");
        Assert.Contains("shown this once", await renewed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("not right", await Try(browser, ("recovery", papers[1])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_are_guessed_a_few_times_only()
    {
        const string Bounmy = "bounmy@kingfisher-lane.example";
        using var first = app.Browser();
        await IdentityApp.SignIn(first, Bounmy);
        var (_, papers, _) = await IdentityApp.TakeApp(first);
        using var thief = app.Browser();
        await IdentityApp.SignIn(thief, Bounmy);
        for (var guess = 0; guess < 5; guess++) await Try(thief, ("code", $"00000{guess}"));

        Assert.Contains("Too many tries", await Try(thief, ("recovery", papers[0])), StringComparison.Ordinal);
        // Its owner, who has signed in with this browser before, is not kept out by that.
        await IdentityApp.SignIn(first, Bounmy);
        Assert.Empty(await Try(first, ("recovery", papers[0])));
    }

    [Fact]
    public async Task The_owner_hears_of_wrong_codes_after_the_right_password_once_of_a_code_on_paper_that_opened_and_of_new_ones()
    {
        const string Lien = "lien@open-hand.example";
        using var first = app.Browser();
        await IdentityApp.SignIn(first, Lien);
        var (_, papers, _) = await IdentityApp.TakeApp(first);
        using var thief = app.Browser();
        await IdentityApp.SignIn(thief, Lien);
        for (var guess = 0; guess < 2; guess++) await Try(thief, ("code", $"00000{guess}"));
        Assert.DoesNotContain(Told(), s => s.Contains("wrong codes", StringComparison.Ordinal));
        for (var guess = 2; guess < 5; guess++) await Try(thief, ("code", $"00000{guess}"));

        await IdentityApp.SignIn(first, Lien);
        await Try(first, ("recovery", papers[0]));
        await IdentityApp.Fill(first, "identity/account/codes");

        await app.LinkTo(Lien, "account", "New codes on paper");
        await app.LinkTo(Lien, "account", "codes on paper was used");
        await app.LinkTo(Lien, "account", "typed wrong codes");
        Assert.Single(Told(), s => s.Contains("wrong codes", StringComparison.Ordinal));
        Assert.Contains("9 codes are left", app.Mails().Single(m => (m.Subject ?? "").Contains("was used", StringComparison.Ordinal) && m.To.Mailboxes.Single().Address == Lien).TextBody, StringComparison.Ordinal);

        IEnumerable<string> Told() => app.Mails().Where(m => m.To.Mailboxes.Single().Address == Lien).Select(m => m.Subject ?? "");
    }

    [Fact]
    public async Task The_second_step_is_spoken_of_to_nobody_without_the_password()
    {
        const string Noi = "noi@open-hand.example";
        using var first = app.Browser();
        await IdentityApp.SignIn(first, Noi);
        await IdentityApp.TakeApp(first);
        using var stranger = app.Browser();

        var wrong = await IdentityApp.SignIn(stranger, Noi, "not the password");

        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Contains("E-mail or password is not right", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/identity/sign-in", (await stranger.GetAsync("identity/second-step")).Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_secret_of_an_app_lies_nowhere_in_the_database_as_it_is()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_POSTGRES") is null or "", "The files of PostgreSQL are not this program's to read.");
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, "sophea@golden-ferry.example");
        var (secret, papers, _) = await IdentityApp.TakeApp(browser);

        var stored = string.Concat((await Recruitment.Testing.RawFiles.In(app.DataFolder)).Select(f => f.Content));

        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(System.Text.Encoding.Latin1.GetString(OtpNet.Base32Encoding.ToBytes(secret)), stored, StringComparison.Ordinal);
        Assert.DoesNotContain(papers[0].Replace("-", "", StringComparison.Ordinal), stored, StringComparison.Ordinal);
    }

    /// <summary>What the page says; empty when it let the browser on.</summary>
    private static async Task<string> Try(HttpClient browser, (string, string) field)
    {
        var answer = await IdentityApp.Fill(browser, "identity/second-step", field);
        return answer.StatusCode == HttpStatusCode.Redirect ? "" : await answer.Content.ReadAsStringAsync();
    }
}
