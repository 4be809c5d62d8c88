using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Tests.Texts;

/// <summary>Whoever comes to the issuer reads English or Thai, by the address alone.</summary>
public sealed partial class WordingsTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    private static string Pages => Path.Combine(AppContext.BaseDirectory, "../../../../services/Identity/Pages");

    [Fact]
    public void Both_languages_say_the_same_things()
    {
        Assert.Equal(Wordings.Keys("en").Order(), Wordings.Keys("th").Order());
        Assert.All(Wordings.Keys("en"), key => Assert.Equal(Places(Wordings.Of("en", key)), Places(Wordings.Of("th", key))));
        Assert.All(Recruitment.Platform.Roles.OfPeople, role => Assert.Contains($"role.{role}", Wordings.Keys("en")));

        static IEnumerable<string> Places(string text) => Regex.Matches(text, @"\{\d\}").Select(m => m.Value).Distinct().Order();
    }

    [Fact]
    public void No_page_has_a_sentence_of_its_own()
    {
        var files = Directory.GetFiles(Pages, "*.cshtml*", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => SentencesIn(File.ReadAllText(file), file.EndsWith(".cs", StringComparison.Ordinal)).Select(found => $"{Path.GetFileName(file)}: {found}")));
    }

    [Theory]
    [InlineData("<p>Sign in</p>", false, 1)]
    [InlineData("<p title=\"Sign in\">@T[\"sign-in\"]</p>", false, 1)]
    [InlineData("<p class=\"a b\">@T[\"sign-in\"]</p>", false, 0)]
    [InlineData("Problem = $\"You are {known}.\";", true, 1)]
    [InlineData("Problem = spoken[\"sign-in.wrong\"];", true, 0)]
    public void A_sentence_in_a_page_is_found(string source, bool code, int found) => Assert.Equal(found, SentencesIn(source, code).Count());

    [Theory]
    [InlineData("identity/th/sign-in")]
    [InlineData("identity/th/join?token=gone")]
    [InlineData("identity/th/set-up?token=gone")]
    [InlineData("identity/th/trouble/500")]
    [InlineData("identity/th/nothing-here")]
    public async Task A_Thai_address_answers_in_Thai_and_links_to_the_same_page_in_English(string address)
    {
        using var browser = app.Browser();
        var answer = await browser.GetAsync(address);
        if (answer.StatusCode == HttpStatusCode.Redirect) answer = await browser.GetAsync(answer.Headers.Location);

        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("<html lang=\"th\">", page, StringComparison.Ordinal);
        Assert.Empty(English(page));
        Assert.Matches("<a href=\"/identity/(?!th/)[^\"]*\" lang=\"en\" hreflang=\"en\"", page);
    }

    [Fact]
    public async Task The_link_to_the_other_language_keeps_where_somebody_was_going_and_a_forms_answer_stays_in_its_language()
    {
        using var browser = app.Browser();
        var english = await browser.GetStringAsync("identity/sign-in?returnUrl=%2Fconnect%2Fauthorize%3Fstate%3Ds");

        Assert.Contains("href=\"/identity/th/sign-in?returnUrl=%2Fconnect%2Fauthorize%3Fstate%3Ds\"", english, StringComparison.Ordinal);
        var refused = await IdentityApp.Fill(browser, "identity/th/sign-in", ("email", "anna@marisol-pine.example"), ("password", "not the password"));
        Assert.Contains("อีเมลหรือรหัสผ่านไม่ถูกต้อง", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "/identity/sign-in")]
    [InlineData("&ui_locales=th", "/identity/th/sign-in")]
    [InlineData("&ui_locales=my%20th-TH%20en", "/identity/th/sign-in")]
    [InlineData("&ui_locales=my", "/identity/sign-in")]
    public async Task A_client_says_in_which_language_its_reader_signs_in(string asked, string page)
    {
        using var browser = app.Browser();

        Assert.Equal(page, (await app.Authorize(browser, more: asked)).Headers.Location!.AbsolutePath);
    }

    /// <summary>What a reader of the page would read in Latin letters, but for names and addresses.</summary>
    public static IEnumerable<string> English(string page) =>
        Regex.Matches(WebUtility.HtmlDecode(Tag().Replace(page[page.IndexOf("<body>", StringComparison.Ordinal)..], "\n")), @"[A-Za-z]{2,}( [A-Za-z]{2,})+")
            .Select(m => m.Value).Where(words => words is not "Fair Recruitment Check");

    private static IEnumerable<string> SentencesIn(string source, bool code) => code
        ? Literal().Matches(source).Select(m => m.Groups[1].Value).Where(t => Words().IsMatch(t) && !t.StartsWith("yyyy", StringComparison.Ordinal))
        : Between().Matches(Blocks().Replace(Model().Replace(source, ""), "")).Select(m => m.Groups[1].Value).Concat(Spoken().Matches(source).Select(m => m.Groups[1].Value)).Where(t => Words().IsMatch(t));

    [GeneratedRegex(@"<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\"([^\"\n]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"[A-Za-z]{2,}[,.]? [A-Za-z]{2,}")]
    private static partial Regex Words();

    [GeneratedRegex(@"@\{[^\n]*\}\n|(?s:@(functions )?\{\n.*?\n\})")]
    private static partial Regex Blocks();

    [GeneratedRegex(@"@model [^\n]*\n")]
    private static partial Regex Model();

    [GeneratedRegex(@">([^<>@{}=]*)<")]
    private static partial Regex Between();

    [GeneratedRegex("(?:title|aria-label|placeholder|alt|value)=\"([^\"@]*)\"")]
    private static partial Regex Spoken();
}
