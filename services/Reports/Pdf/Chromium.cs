using Microsoft.Extensions.Options;
using Microsoft.Playwright;

namespace Recruitment.Reports.Pdf;

/// <summary>Prints HTML to tagged PDF. The browser starts with the first print and ends when nobody has printed for a while.</summary>
/// <remarks>Its pages run no script and reach no network; each print has a browser context of its own, so that no tenant's text meets another's.</remarks>
internal sealed class Chromium(IOptions<ReportsOptions> options, TimeProvider time, ILogger<Chromium> log) : IAsyncDisposable
{
    private const int Seats = 2; // Four pages at once are no faster than two.
    private readonly SemaphoreSlim seats = new(Seats, Seats);
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly HashSet<Guid> printing = [];
    private IPlaywright? driver;
    private IBrowser? browser;
    private ITimer? idle;

    public bool IsInstalled => File.Exists(options.Value.Chromium);

    public bool IsRunning => browser is { IsConnected: true };

    /// <summary>The PDF, or null when the browser is not installed.</summary>
    public async Task<byte[]?> Print(string html, CancellationToken stop)
    {
        if (!IsInstalled) return null;

        await seats.WaitAsync(stop);
        var ticket = Guid.CreateVersion7();
        try
        {
            var running = await Open(ticket, stop);
            await using var context = await running.NewContextAsync(new() { JavaScriptEnabled = false, Offline = true });
            var page = await context.NewPageAsync();
            await page.SetContentAsync(html);
            return await page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true, Tagged = true, Outline = true });
        }
        finally
        {
            await Leave(ticket);
            seats.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        await Close();
        if (idle is not null) await idle.DisposeAsync();
        seats.Dispose();
        gate.Dispose();
    }

    private async Task<IBrowser> Open(Guid ticket, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            printing.Add(ticket);
            if (browser is { IsConnected: true }) return browser;

            await Close(); // A browser that has crashed leaves its driver behind.
            driver = await Playwright.CreateAsync();
            browser = await driver.Chromium.LaunchAsync(Launch());
            return browser;
        }
        catch
        {
            printing.Remove(ticket);
            throw;
        }
        finally
        {
            gate.Release();
        }
    }

    private BrowserTypeLaunchOptions Launch()
    {
        // Chromium refuses its own sandbox to root; everyone else keeps it.
        var asRoot = Environment.IsPrivilegedProcess;
        string[] always = ["--disable-gpu", "--disable-dev-shm-usage", "--font-render-hinting=none"];
        return new()
        {
            ExecutablePath = options.Value.Chromium,
            Headless = true,
            ChromiumSandbox = !asRoot,
            Args = asRoot ? [.. always, "--no-sandbox"] : always,
        };
    }

    private async Task Leave(Guid ticket)
    {
        await gate.WaitAsync();
        printing.Remove(ticket);
        var after = TimeSpan.FromSeconds(options.Value.ChromiumIdleSeconds);
        idle ??= time.CreateTimer(_ => _ = CloseWhenIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        idle.Change(after, Timeout.InfiniteTimeSpan);
        gate.Release();
    }

    private async Task CloseWhenIdle()
    {
        await gate.WaitAsync();
        try
        {
            if (printing.Count == 0) await Close();
        }
        catch (PlaywrightException stuck)
        {
            log.LogWarning(stuck, "The browser did not close cleanly; its process ends with the driver.");
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task Close()
    {
        try
        {
            if (browser is not null) await browser.CloseAsync();
        }
        finally
        {
            browser = null;
            driver?.Dispose();
            driver = null;
        }
    }
}
