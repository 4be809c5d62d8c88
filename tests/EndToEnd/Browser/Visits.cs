using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>What everybody does in a browser, whoever they are.</summary>
internal static partial class Visits
{
    /// <summary>The password of every demonstration account.</summary>
    public const string Demonstration = "demonstration";

    /// <summary>What people of the journey choose for themselves.</summary>
    public const string Own = "twelve quiet rivers";

    public static async Task SignIn(this IPage page, Running running, string email, string password = Demonstration)
    {
        await page.GotoAsync($"{running.Address}sign-in");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", password);
        await page.Press("Sign in");
        await page.ComesBack();
    }

    /// <summary>Follows a one-time link and makes the account that it is for.</summary>
    public static async Task Join(this IPage page, string link, string email)
    {
        await page.GotoAsync(link);
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", Own);
        await page.Press("Make the account");
        await page.ComesBack();
    }

    /// <summary>Away from the pages of sign-in.</summary>
    private static Task ComesBack(this IPage page) => Assertions.Expect(page).Not.ToHaveURLAsync(SignInPages(), new() { Timeout = 30_000 });

    /// <summary>Until the address is such a one, and no longer: the load event may have come before it is waited for, and then never comes.</summary>
    public static Task Reaches(this IPage page, string address, int milliseconds = 30_000) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex(address, RegexOptions.IgnoreCase), new() { Timeout = milliseconds });

    /// <summary>Opens an address of the same host.</summary>
    public static Task Visit(this IPage page, string path) => page.GotoAsync(new Uri(new Uri(page.Url), path).ToString());

    /// <summary>Presses a button of the page itself, by its words.</summary>
    public static Task Press(this IPage page, string words) =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = words, Exact = true }).First.ClickAsync();

    /// <summary>Follows a link of the page itself, by a part of its words.</summary>
    public static Task Follow(this IPage page, string words) => page.Locator("main").GetByRole(AriaRole.Link, new() { Name = words }).First.ClickAsync();

    /// <summary>Marks one answer of a question.</summary>
    public static Task Choose(this IPage page, string words) => page.Locator("main").GetByRole(AriaRole.Radio, new() { Name = words, Exact = true }).CheckAsync();

    /// <summary>The page's own words, one space between them.</summary>
    public static async Task<string> Words(this IPage page) => Spaces().Replace(await page.InnerTextAsync("main"), " ");

    public static Task Reads(this IPage page, string words) =>
        Assertions.Expect(page.Locator("main")).ToContainTextAsync(words, new() { UseInnerText = true, Timeout = 15_000 });

    /// <summary>Loads the page again until what travels between services has arrived.</summary>
    public static Task LoadsUntil(this IPage page, string path, string words) => Wait.Until(async () =>
    {
        await page.Visit(path);
        return (await page.Words()).Contains(words, StringComparison.Ordinal);
    }, $"{path} never said: {words}");

    [GeneratedRegex("/(identity|connect)/")]
    private static partial Regex SignInPages();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
