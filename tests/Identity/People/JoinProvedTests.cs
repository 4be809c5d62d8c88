using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Tests.People;

/// <summary>In operation whoever has a link finds out of nobody by it whether he has an account.</summary>
public sealed class JoinProvedTests(EmptyIdentity app) : IClassFixture<EmptyIdentity>
{
    private const string Known = "known@annex.example", Said = "said@annex.example";

    [Fact]
    public async Task The_answer_is_the_same_for_every_address_and_only_a_mail_to_it_says_whether_there_is_an_account()
    {
        var link = await Link();
        using var owner = app.Browser();

        var (known, unknown) = (await Asked(owner, link, Known), await Asked(owner, link, "unknown@annex.example"));

        Assert.Equal(known, unknown);
        Assert.Contains("A mail is on its way", known.Page, StringComparison.Ordinal);
        await app.LinkTo(Known, "sign-in", "have an account already");
        await app.LinkTo("unknown@annex.example", "join", "Make your account");
        await using var db = app.Open();
        Assert.False(await db.People.AnyAsync(p => p.Email == "unknown@annex.example"));
    }

    [Fact]
    public async Task The_account_is_made_by_whoever_reads_the_mails_of_the_address_and_its_address_is_proved()
    {
        const string New = "new@annex.example";
        var link = await Link();
        using var browser = app.Browser();
        await IdentityApp.Fill(browser, link, ("email", New));
        var proved = await app.LinkTo(New, "join");
        Assert.Contains(New, await browser.GetStringAsync(proved), StringComparison.Ordinal);
        // What was proved for one link and one address opens no other.
        Assert.Equal(HttpStatusCode.OK, (await IdentityApp.Fill(browser, $"{await Link()}&proof={Regex.Match(proved, "proof=([^&]+)").Groups[1].Value}", ("password", "four quiet words here"))).StatusCode);

        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.Fill(browser, proved, ("email", "another@annex.example"), ("password", "four quiet words here"))).StatusCode);

        await using var db = app.Open();
        Assert.True((await db.People.SingleAsync(p => p.Email == New)).EmailConfirmed);
        Assert.False(await db.People.AnyAsync(p => p.Email == "another@annex.example"));
        Assert.Contains("not valid any more", await browser.GetStringAsync(proved), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_only_says_to_have_an_address_keeps_nobody_out_who_proves_it()
    {
        using var browser = app.Browser();
        await IdentityApp.Fill(browser, await Link(), ("email", Said));

        Assert.Equal(HttpStatusCode.Redirect, (await IdentityApp.Fill(browser, await app.LinkTo(Said, "join"), ("password", "four quiet words here"))).StatusCode);

        await using var db = app.Open();
        Assert.True((await db.People.SingleAsync(p => p.Email == Said)).EmailConfirmed);
    }

    private static async Task<(HttpStatusCode Status, string Page)> Asked(HttpClient browser, string link, string email)
    {
        var answer = await IdentityApp.Fill(browser, link, ("email", email), ("password", "four quiet words here"));
        return (answer.StatusCode, Regex.Replace(await answer.Content.ReadAsStringAsync(), "value=\"[^\"]*\"", ""));
    }

    /// <summary>One that an owner has made; there are two accounts, of which one has proved its address.</summary>
    private async Task<string> Link()
    {
        await using var db = app.Open();
        if (!await db.People.AnyAsync())
        {
            foreach (var email in new[] { Known, Said })
            {
                var person = Person.New(email);
                (person.NormalizedEmail, person.NormalizedUserName, person.EmailConfirmed) = (email.ToUpperInvariant(), email.ToUpperInvariant(), email == Known);
                db.People.Add(person);
            }
        }
        var (link, token) = OneTimeLink.New(Guid.CreateVersion7(), "brand", "brand_analyst", TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1));
        db.Links.Add(link);
        await db.SaveChangesAsync();
        return $"identity/join?token={token}";
    }
}
