using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Recruitment.EndToEnd.Tests.Browser;

namespace Recruitment.EndToEnd.Tests.Accessibility;

/// <summary>Every page that a reader can reach from her first one, read by axe on a phone in the dark and on a desk in the light.</summary>
public sealed class PagesTests(WalkedProduct product) : IClassFixture<WalkedProduct>
{
    [Theory]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Pages_for_strangers_have_no_violation(int width, ColorScheme scheme)
    {
        var page = await product.Chromium.Reader(width, scheme);
        string[] first = ["", "verify/R-2026-ABC-DEF-GHJ", "register?query=nobody-of-this-name", "style", "nothing", "error/400", "error/500", "identity/sign-in", "identity/join?token=used"];

        Assert.InRange((await Crawl.From(page, [.. first.Select(a => new Uri(product.Running.Address, a).ToString())])).Count, first.Length, 60);
    }

    [Theory]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task Pages_for_workers_have_no_violation_in_any_language(int width, ColorScheme scheme)
    {
        var page = await product.Chromium.Reader(width, scheme);

        var read = await Crawl.From(page, product.Running.Workers.ToString(), $"{product.Running.Workers}w/my/nothing");

        string[] languages = ["th", "my", "km", "lo", "vi", "en"];
        string[] pages = ["/", "/w", "/w/my/nothing", .. languages.Select(l => $"/w/{l}"), .. languages.Select(l => $"/w/{l}/open")];
        Assert.Equal(pages.Order(StringComparer.Ordinal), read.Select(a => new Uri(a).PathAndQuery).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("th", 320, ColorScheme.Dark), InlineData("my", 320, ColorScheme.Dark), InlineData("km", 320, ColorScheme.Dark)]
    [InlineData("lo", 1280, ColorScheme.Light), InlineData("vi", 1280, ColorScheme.Light), InlineData("en", 1280, ColorScheme.Light)]
    public async Task Each_question_to_a_worker_has_no_violation(string language, int width, ColorScheme scheme)
    {
        var page = await product.Chromium.Reader(width, scheme);
        await page.GotoAsync($"{product.Running.Workers}w/{language}");
        await page.ClickAsync("main form button");

        var questions = new List<string>();
        while (await page.Locator("button[value=next]").CountAsync() > 0)
        {
            questions.Add(await page.Locator("input[name=step]").InputValueAsync());
            await Crawl.Read(page);
            if (await page.Locator("#text").CountAsync() > 0) await page.FillAsync("#text", "-");
            await page.ClickAsync("button[value=next]");
            // The same address again: what tells the next page from this one is its step, and a page is read when it is whole.
            await page.WaitForFunctionAsync("before => document.readyState === 'complete' && document.querySelector('input[name=step]')?.value !== before", questions[^1]);
        }
        await Crawl.Read(page);
        Assert.Equal(["safe", "age", "about", "topic", "story", "people", "consent", "receipt"], questions);
    }

    [Theory]
    [InlineData(320, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task A_case_opened_by_its_handler_has_no_violation(int width, ColorScheme scheme)
    {
        var page = await product.Chromium.Reader(width, scheme);
        await page.SignIn(product.Running, Voice.HandlerEmail, Visits.Own);
        await page.GotoAsync(product.Case);
        await page.FillAsync("#passphrase", Voice.Passphrase);
        await page.Press("Open here");
        await page.Locator("#messages li").First.WaitForAsync(new() { Timeout = 60_000 });
        Assert.True(await page.Locator("#wish").IsVisibleAsync());

        await Crawl.Read(page);
    }

    [Theory]
    [InlineData("anna@marisol-pine.example"), InlineData("ben@kestrel-row.example"), InlineData("somchai@rung-fah.example"), InlineData("kanya@chao-phraya-knit.example"), InlineData(Chain.SupplierEmail)]
    [InlineData("hla@saffron-bridge.example"), InlineData("sophea@golden-ferry.example"), InlineData(Assessment.RecruiterEmail), InlineData("malee@lotus-lane.example"), InlineData("dara@lotus-lane.example")]
    [InlineData(Voice.HandlerEmail), InlineData("thida@open-hand.example"), InlineData("prasert@open-hand.example"), InlineData("lien@open-hand.example"), InlineData("admin@open-hand.example")]
    public async Task Pages_of_whoever_signs_in_have_no_violation(string email)
    {
        var password = email is Chain.SupplierEmail or Assessment.RecruiterEmail or Voice.HandlerEmail ? Visits.Own : Visits.Demonstration;
        foreach (var (width, scheme) in new[] { (320, ColorScheme.Dark), (1280, ColorScheme.Light) })
        {
            var page = await product.Chromium.Reader(width, scheme);
            await page.SignIn(product.Running, email, password);

            Assert.InRange((await Crawl.From(page, page.Url)).Count, 1, 80);
        }
    }

    /// <summary>Shows that axe would speak up: a picture without words.</summary>
    [Fact]
    public async Task A_page_with_a_barrier_is_found()
    {
        var page = await product.Chromium.Reader(320, ColorScheme.Light);
        await page.SetContentAsync("<html lang='en'><head><title>T</title></head><body><main><h1>T</h1><img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='></main></body></html>");

        var found = await Assert.ThrowsAnyAsync<Exception>(() => Crawl.Read(page));

        Assert.Contains("image-alt", found.Message, StringComparison.Ordinal);
    }

    /// <summary>Shows that a page wider than the screen is found.</summary>
    [Fact]
    public async Task A_page_wider_than_the_screen_is_found()
    {
        var page = await product.Chromium.Reader(320, ColorScheme.Light);
        await page.SetContentAsync("<html lang='en'><head><title>T</title></head><body><main><h1>T</h1><p style='width:900px'>T</p></main></body></html>");

        var found = await Assert.ThrowsAnyAsync<Exception>(() => Crawl.Read(page));

        Assert.Contains("wider than the screen", found.Message, StringComparison.Ordinal);
    }
}

/// <summary>Follows links from page to page of one host, and reads each.</summary>
internal static class Crawl
{
    /// <summary>Links that are no pages: files, sign-in and out, the API.</summary>
    private static readonly string[] NotPages = ["handler=", "/api/", "/sign-", "/signed-in", "/connect/", ".csv", ".json", ".pdf"];

    /// <returns>The pages that were read. Of pages that differ only in an id, three.</returns>
    public static async Task<IReadOnlyList<string>> From(IPage page, params string[] first)
    {
        var waiting = new Queue<string>(first);
        var seen = new HashSet<string>(first);
        var shapes = new Dictionary<string, int>();
        var read = new List<string>();
        while (waiting.TryDequeue(out var address))
        {
            var answer = await page.GotoAsync(address);
            Assert.True(answer!.Status < 500 || address.EndsWith("error/500", StringComparison.Ordinal), $"{address} answered {answer.Status}");
            Assert.False(answer.Status is 401 or 403, $"{address} is offered to somebody who may not open it");
            await Read(page);
            read.Add(address);

            var here = new Uri(address).GetLeftPart(UriPartial.Authority) + "/";
            var links = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]:not([target])')].map(a => a.href.split('#')[0])");
            foreach (var link in links.Where(l => l.StartsWith(here, StringComparison.Ordinal) && !NotPages.Any(n => l.Contains(n, StringComparison.OrdinalIgnoreCase))))
            {
                if (!seen.Add(link)) continue;
                var shape = Shape(link);
                shapes[shape] = shapes.GetValueOrDefault(shape) + 1;
                if (shapes[shape] <= 3) waiting.Enqueue(link);
            }
        }
        return read;
    }

    public static async Task Read(IPage page)
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        var problems = (await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}").ToList();
        var wide = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        var headings = await page.Locator("h1").CountAsync();

        Assert.True(problems.Count == 0, $"{page.Url}\n{string.Join('\n', problems)}");
        Assert.True(wide <= 0, $"{page.Url} is {wide} pixels wider than the screen");
        Assert.True(headings == 1, $"{page.Url} has {headings} first headings");
    }

    private static string Shape(string link) => string.Join('/', link.Split('/', '=', '&', '?').Select(part => part.Length > 30 && Guid.TryParse(part, out _) ? "id" : part));
}
