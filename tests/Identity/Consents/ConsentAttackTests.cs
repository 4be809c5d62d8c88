using System.Net;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;
using Recruitment.Identity.Tests.People;
using Recruitment.Identity.Tests.SignInClients;

namespace Recruitment.Identity.Tests.Consents;

/// <summary>What an attacker does to get a consent that nobody gave, or to have an answer go elsewhere.</summary>
public sealed class ConsentAttackTests(InvitingSuppliers app) : IClassFixture<InvitingSuppliers>, IAsyncLifetime
{
    private const string Anna = "anna@marisol-pine.example", Elsewhere = "https://board.example/another";

    private OthersProgram Board => new(app);

    /// <summary>An organisation has only so many at a time.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var db = app.Open();
        await db.SignInClients.ExecuteUpdateAsync(set => set.SetProperty(c => c.EndedAt, TimeProvider.System.GetUtcNow().UtcDateTime));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("scope", "openid profile email")]
    [InlineData("redirect_uri", Elsewhere)]
    [InlineData("state", "another")]
    [InlineData("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")]
    [InlineData("shown", "")]
    [InlineData("shown", "CfDJ8made-up")]
    [InlineData("__RequestVerificationToken", null)]
    [InlineData("__RequestVerificationToken", "CfDJ8made-up")]
    [InlineData("decision", "other")]
    public async Task A_decision_about_another_request_or_without_our_marks_is_none_and_the_page_is_shown_anew(string field, string? value)
    {
        var (id, _) = await Board.Register("Orchid Board", false, OthersProgram.Callback, Elsewhere);
        using var browser = await Board.SignedIn(Anna);
        var page = await OthersProgram.Page(await OthersProgram.Ask(browser, id, "openid"));

        var answer = field == "decision" ? await OthersProgram.Decide(browser, page, value!) : await OthersProgram.Decide(browser, page, "allow", (field, value));

        await OthersProgram.Page(answer);
        Assert.Equal(0, await Kept(id));
        Assert.NotEqual("", OthersProgram.In(await OthersProgram.Onwards(await OthersProgram.Decide(browser, page)), "code"));
    }

    [Fact]
    public async Task A_decision_about_one_program_is_none_about_another()
    {
        var ((first, _), (second, _)) = (await Board.Register(), await Board.Register("Lantern"));
        using var browser = await Board.SignedIn(Anna);
        var page = await OthersProgram.Page(await OthersProgram.Ask(browser, first));

        var answer = await OthersProgram.Decide(browser, page, "allow", ("client_id", second));

        Assert.Contains("Lantern", await OthersProgram.Page(answer), StringComparison.Ordinal);
        Assert.Equal(0, await Kept(second));
    }

    [Fact]
    public async Task A_link_decides_nothing()
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn(Anna);

        await OthersProgram.Page(await OthersProgram.Ask(browser, id, more: "&decision=allow"));

        Assert.Equal(0, await Kept(id));
    }

    [Fact]
    public async Task What_one_person_was_shown_another_on_the_same_browser_does_not_decide()
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn(Anna);
        var annas = await OthersProgram.Page(await OthersProgram.Ask(browser, id));
        await browser.GetAsync("connect/end-session");

        var nobodys = await OthersProgram.Decide(browser, annas);
        await IdentityApp.SignIn(browser, "malee@lotus-lane.example");
        var malees = await OthersProgram.Page(await OthersProgram.Ask(browser, id));
        var decided = await OthersProgram.Decide(browser, malees, "allow", ("shown", OthersProgram.Field(annas, "shown")));

        Assert.Equal("/identity/sign-in", nobodys.Headers.Location!.AbsolutePath);
        Assert.DoesNotContain("decision", WebUtility.UrlDecode(nobodys.Headers.Location.Query), StringComparison.Ordinal);
        Assert.Contains("malee@lotus-lane.example", await OthersProgram.Page(decided), StringComparison.Ordinal);
        Assert.Equal(0, await Kept(id));
    }

    [Fact]
    public async Task Neither_the_page_nor_the_one_that_goes_on_can_be_framed_kept_or_scripted_and_forms_go_nowhere_else()
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn(Anna);

        var asked = await OthersProgram.Ask(browser, id);
        var goesOn = await OthersProgram.Decide(browser, await OthersProgram.Page(asked));

        foreach (var answer in new[] { asked, goesOn })
        {
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            foreach (var part in new[] { "frame-ancestors 'none'", "form-action 'self'", "default-src 'none'" }) Assert.Contains(part, policy, StringComparison.Ordinal);
            Assert.Equal("DENY", answer.Headers.GetValues("X-Frame-Options").Single());
            Assert.True(answer.Headers.CacheControl?.NoStore);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Nothing_is_chosen_before_the_reader_chooses()
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn(Anna);

        var page = await OthersProgram.Page(await OthersProgram.Ask(browser, id));

        Assert.DoesNotMatch("<[^>]*\\b(autofocus|checked|selected)\\b", page);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(page, "<button class=\"button secondary\" name=\"decision\""));
    }

    [Fact]
    public async Task What_a_program_sends_along_is_written_as_text()
    {
        var (id, _) = await Board.Register("Orchid & Co. 'quoted'");
        using var browser = await Board.SignedIn(Anna);

        var page = await OthersProgram.Page(await OthersProgram.Ask(browser, id, more: "&login_hint=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&ui_locales=%22%3E%3Cb%3E"));

        Assert.Contains("<bdi>Orchid &amp; Co. &#x27;quoted&#x27;</bdi>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://elsewhere.example/signed-in")]
    [InlineData("https://board.example/signed-in/")]
    [InlineData("https://board.example/signed-in?to=x")]
    [InlineData("https://board.example/signed-in#x")]
    [InlineData("https://board.example@elsewhere.example/signed-in")]
    [InlineData("https://board.example:8443/signed-in")]
    [InlineData("http://board.example/signed-in")]
    [InlineData("javascript:alert(1)")]
    public async Task An_address_that_was_not_registered_gets_nothing_not_even_an_error(string address)
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn(Anna);

        var answer = await OthersProgram.Ask(browser, id, to: address);

        Assert.Equal((HttpStatusCode.BadRequest, null), (answer.StatusCode, answer.Headers.Location));
        Assert.DoesNotContain("http-equiv", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("form_post")]
    [InlineData("fragment")]
    public async Task The_code_is_sent_in_no_other_way(string mode)
    {
        var (id, _) = await Board.Register();
        using var browser = await Board.SignedIn(Anna);

        var answer = await OthersProgram.Ask(browser, id, more: $"&response_mode={mode}");

        Assert.DoesNotContain("name=\"decision\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<int> Kept(string client)
    {
        await using var db = app.Open();
        return await db.Set<OpenIddictEntityFrameworkCoreAuthorization>().CountAsync(a => a.Application!.ClientId == client, TestContext.Current.CancellationToken);
    }
}
