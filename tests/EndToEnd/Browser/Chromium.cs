using Microsoft.Playwright;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>Debian's headless Chromium; one context for each person, so that nobody shares another's cookies.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium-headless-shell";
    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (this.playwright, this.browser) = (playwright, browser);

    public static async Task<Chromium> Start()
    {
        Assert.SkipUnless(File.Exists(Program), "Needs chromium-headless-shell.");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program, Headless = true, ChromiumSandbox = false,
            // Chromium's own sandbox does not start as root; everything it opens here is our own.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"],
        }));
    }

    /// <summary>A person at a desk.</summary>
    public Task<IPage> Person() => Open(new() { ViewportSize = new() { Width = 1280, Height = 900 } });

    /// <summary>A worker with an old phone on which scripts are off.</summary>
    public Task<IPage> Phone() => Open(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = 320, Height = 568 } });

    /// <summary>A person at a desk who reaches us by a certificate that this test made.</summary>
    public Task<IPage> BehindTls() => Open(new() { ViewportSize = new() { Width = 1280, Height = 900 }, IgnoreHTTPSErrors = true });

    /// <summary>Whoever reads with these eyes; the policy is set aside so that the test's own script may read along.</summary>
    public Task<IPage> Reader(int width, ColorScheme scheme) =>
        Open(new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = scheme, BypassCSP = true });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private async Task<IPage> Open(BrowserNewContextOptions options)
    {
        var page = await (await browser.NewContextAsync(options)).NewPageAsync();
        page.SetDefaultTimeout(30_000);
        return page;
    }
}
