using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>In a demonstration: loads its scenario in the background after the start. A second start changes nothing; one after a crash continues.</summary>
/// <remarks>
/// <c>Demonstration:Cases</c> (default and at most all of the scenario): how many seeded cases are filed and confirmed. With fewer than the smallest group nothing about them is ever released.
/// </remarks>
internal sealed class LoadDemonstration(IHostApplicationLifetime lifetime, IConfiguration configuration, IOptions<PlatformOptions> options, Secrets secrets) : BackgroundService
{
    private readonly string done = Path.Combine(options.Value.DataFolder, "demonstration-loaded");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsDemonstration) return;

        var started = new TaskCompletionSource();
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        var address = ServiceClients.AddressOf(configuration, "web");
        if (new Uri(options.Value.Issuer) is var issuer && issuer.Authority != address.Authority)
        {
            Console.WriteLine($"demonstration not loaded: its people sign in here, and tokens come from {issuer}");
            return;
        }
        var loader = new Loader(address, secrets.Get);
        Console.WriteLine($"Passphrase: {loader.CaseHandler} opens cases with: {Loader.Passphrase}");
        try
        {
            await Load(loader, stoppingToken);
        }
        catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
        {
            // The host goes on: whatever does not need the rest works, and the next start continues here.
            Console.WriteLine($"demonstration not loaded: {problem.Message}. Start again to continue.");
        }
    }

    private async Task Load(Loader loader, CancellationToken stop)
    {
        var cases = configuration.GetValue("Demonstration:Cases", loader.Cases);
        if (cases < 0 || cases > loader.Cases) throw new InvalidOperationException($"Demonstration:Cases must be from 0 to {loader.Cases}.");

        var watch = Stopwatch.StartNew();
        if (!File.Exists(done))
        {
            await loader.Load(cases, stop);
            await File.WriteAllTextAsync(done, "The scenario is loaded. Without this file the next start looks again what is missing.\n", stop);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"demonstration ready ({watch.Elapsed.TotalSeconds:0.0} s)"));
    }
}
