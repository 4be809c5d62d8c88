using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Accessibility;

/// <summary>Every page that a reader can reach from her first one, read by axe on a phone in the dark and on a desk in the light.</summary>
public sealed class PagesTests : IAsyncLifetime
{
    private const string Browser = "/usr/bin/chromium-headless-shell";
    private const int MostPages = 25;
    private Running running = null!;
    private IPlaywright playwright = null!;
    private IBrowser browser = null!;

    [Fact]
    public async Task Pages_for_strangers_have_no_violation()
    {
        await using var reader = await Reader(1280, ColorScheme.Light);

        await ReadAll(reader, "", "verify", "verify/R-2026-ABC-DEF-GHJ", "style", "error/404", "error/500", "identity/sign-in");
    }

    [Fact]
    public async Task Pages_for_strangers_have_no_violation_on_a_phone_in_the_dark()
    {
        await using var reader = await Reader(320, ColorScheme.Dark);

        await ReadAll(reader, "", "verify", "style", "error/404", "identity/sign-in");
    }

    [Fact]
    public async Task Pages_for_workers_have_no_violation()
    {
        await using var reader = await Reader(320, ColorScheme.Light);

        await ReadAll(reader, running.Workers.ToString());
    }

    [Theory]
    [InlineData("anna@marisol-pine.example"), InlineData("somchai@rung-fah.example"), InlineData("hla@saffron-bridge.example")]
    [InlineData("malee@lotus-lane.example"), InlineData("dara@lotus-lane.example"), InlineData("noi@open-hand.example"), InlineData("admin@open-hand.example")]
    public async Task Pages_of_whoever_signs_in_have_no_violation(string email)
    {
        await using var reader = await Reader(320, ColorScheme.Dark);
        var page = await reader.NewPageAsync();
        await page.GotoAsync($"{running.Address}sign-in");
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", "demonstration");
        await page.ClickAsync("main button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/identity/", StringComparison.Ordinal));

        await ReadAll(reader, page.Url);
    }

    /// <summary>Shows that axe would speak up: a picture without words.</summary>
    [Fact]
    public async Task A_page_with_a_barrier_is_found()
    {
        await using var reader = await Reader(320, ColorScheme.Light);
        var page = await reader.NewPageAsync();
        await page.SetContentAsync("<html><body><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></body></html>");

        Assert.NotEmpty((await page.RunAxe()).Violations);
    }

    /// <summary>Follows the links of each page that stay on its host and are not files.</summary>
    private async Task ReadAll(IBrowserContext reader, params string[] first)
    {
        var page = await reader.NewPageAsync();
        var waiting = new Queue<string>(first.Select(a => new Uri(running.Address, a).ToString()));
        var seen = new HashSet<string>(waiting);
        for (var read = 0; read < MostPages && waiting.TryDequeue(out var address); read++)
        {
            var answer = await page.GotoAsync(address);
            Assert.True(answer!.Status is < 500 || address.Contains("error/500", StringComparison.Ordinal), $"{address} answered {answer.Status}");

            var problems = (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}").ToList();
            var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(problems.Count == 0, $"{address}\n{string.Join('\n', problems)}");
            Assert.True(wide <= 0, $"{address} is {wide} pixels wider than the screen");

            var links = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]:not([target])')].map(a => a.href.split('#')[0])");
            var here = new Uri(address).GetLeftPart(UriPartial.Authority) + "/";
            foreach (var link in links.Where(l => l.StartsWith(here, StringComparison.Ordinal) && IsPage(l) && seen.Add(l))) waiting.Enqueue(link);
        }
    }

    private static bool IsPage(string link) =>
        !new[] { "handler=", "/api/", "/sign-", "/signed-in", "/connect/", ".csv", ".json", ".pdf" }.Any(part => link.Contains(part, StringComparison.OrdinalIgnoreCase));

    private async Task<IBrowserContext> Reader(int width, ColorScheme scheme) =>
        await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme, BypassCSP = true });

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(File.Exists(Browser), "Needs chromium-headless-shell.");
        running = await Running.AsOneProcess();
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Browser, Headless = true, ChromiumSandbox = false,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (running is not null) await running.DisposeAsync();
    }
}
