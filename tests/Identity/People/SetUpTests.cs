using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recruitment.Identity.Tests.People;

/// <summary>Operation mode, started with nothing in it.</summary>
public sealed class EmptyIdentity : IdentityApp
{
    protected override string Mode => "operation";

    /// <summary>In operation it begins no file of its own.</summary>
    protected override string Project => Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 } ? "Identity" : "AllInOne";
}

public sealed class SetUpTests(EmptyIdentity app) : IClassFixture<EmptyIdentity>
{
    [Fact]
    public async Task The_printed_link_makes_the_first_administrator_once_and_he_invites_the_next()
    {
        using var browser = app.Browser();
        var join = await Printed(app);
        Assert.Contains("at least 12", await Body(Make(join, "first@operator.example", "short")), StringComparison.OrdinalIgnoreCase);

        Assert.Equal(HttpStatusCode.Redirect, (await Make(join, "first@operator.example", "four quiet words here")).StatusCode);
        var used = await browser.GetStringAsync(join);
        Assert.Contains("not valid any more", used, StringComparison.Ordinal);
        Assert.Contains("start ./run --empty again: as long as there is no administrator", used, StringComparison.Ordinal);
        Assert.DoesNotContain("whoever sent it", used, StringComparison.Ordinal);

        var token = await TokenOf("first@operator.example", "four quiet words here");
        var own = Guid.Parse(new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(token).GetClaim("party").Value);
        using var administrator = app.Bearing(token);
        var invited = await administrator.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = own, kind = "operator", role = "scheme_manager" });
        Assert.Equal(HttpStatusCode.Created, invited.StatusCode);
        var link = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("link").GetString()!;
        await IdentityApp.Fill(browser, link, ("email", "second@operator.example"));
        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.Fill(browser, await app.LinkTo("second@operator.example", "join"), ("password", "five other quiet words"))).StatusCode);
        Assert.Contains("scheme_manager", await administrator.GetStringAsync("api/v1/identity/people"), StringComparison.Ordinal);

        var refused = await administrator.PostAsJsonAsync("api/v1/identity/invitations", new { partyId = own, kind = "brand", role = "case_handler" });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.GetAsync("api/v1/identity/demonstration/clock")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await administrator.PostAsJsonAsync("api/v1/identity/demonstration/clock", new { to = "2099-01-01" })).StatusCode);
    }

    [Fact]
    public async Task Of_several_set_up_links_each_works_until_one_is_used_and_none_after_it_not_even_at_the_same_moment()
    {
        await using var fresh = new EmptyIdentity();
        await fresh.InitializeAsync();
        var links = new List<string>();
        for (var print = 0; print < 6; print++)
        {
            if (print > 0) await fresh.Restart();
            links.Add(await Printed(fresh));
        }

        var answers = await Task.WhenAll(links.Select((link, i) => Make(fresh, link, $"first{i}@operator.example", "four quiet words here")));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        using var browser = fresh.Browser();
        foreach (var link in links) Assert.Contains("not valid any more", await browser.GetStringAsync(link), StringComparison.Ordinal);
        await fresh.Restart();
        Assert.Contains("Set-up done", fresh.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_link_of_a_person_who_was_invited_is_asked_for_anew_where_it_came_from()
    {
        using var browser = app.Browser();

        var old = await browser.GetStringAsync("/identity/join?token=an-old-one");

        Assert.Contains("ask whoever sent it for a new one", old, StringComparison.Ordinal);
        Assert.DoesNotContain("./run", old, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Demonstration_accounts_do_not_exist()
    {
        using var browser = app.Browser();

        var answer = await IdentityApp.SignIn(browser, "admin@open-hand.example");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("not right", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Where the link that was printed last leads.</summary>
    private static async Task<string> Printed(IdentityApp printing)
    {
        using var browser = printing.Browser();
        return (await browser.GetAsync(Regex.Match(printing.Output, @"Set-up link: (\S+)").Groups[1].Value)).Headers.Location!.ToString();
    }

    private Task<HttpResponseMessage> Make(string page, string email, string password) => Make(app, page, email, password);

    private static async Task<HttpResponseMessage> Make(IdentityApp at, string page, string email, string password)
    {
        using var browser = at.Browser();
        return await IdentityApp.Fill(browser, page, ("email", email), ("password", password));
    }

    private static async Task<string> Body(Task<HttpResponseMessage> answer) => await (await answer).Content.ReadAsStringAsync();

    private async Task<string> TokenOf(string email, string password)
    {
        using var browser = app.Browser();
        await IdentityApp.SignIn(browser, email, password);
        Assert.Equal("/identity/account/protect", (await app.Authorize(browser)).Headers.Location!.ToString().Split('?')[0]);
        await IdentityApp.TakeApp(browser);
        var answer = await app.Authorize(browser);
        var code = Uri.UnescapeDataString(Regex.Match(answer.Headers.Location!.Query, "[?&]code=([^&]+)").Groups[1].Value);
        return (await app.Exchange(code)).Body.GetProperty("access_token").GetString()!;
    }
}
