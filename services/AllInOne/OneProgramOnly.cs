using System.Diagnostics;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.AllInOne;

/// <summary>
/// One program at a time on a data folder. A second one would tell Identity another address for the web, and nobody could sign in at the first any more; its files would
/// also be written by two who do not know of each other. The system takes the lock back when the program ends, however it ends.
/// </summary>
internal sealed class OneProgramOnly(IOptions<PlatformOptions> platform) : IHostedLifecycleService, IDisposable
{
    /// <summary>So long one that is just ending may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private FileStream? held;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(PrivateFolder.Make(platform.Value.DataFolder).FullName, "running");
        // What cannot be written is not taken by anybody.
        PrivateFolder.Probe(platform.Value.DataFolder);
        var waiting = Stopwatch.StartNew();
        while ((held = HeldFile.TryTake(file, nameof(PlatformOptions.DataFolder))) is null)
        {
            if (waiting.Elapsed > Patience) throw new InvalidOperationException($"Another program runs on {Path.GetFullPath(platform.Value.DataFolder)}: stop it, or name another folder with DataFolder.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    public void Dispose() => held?.Dispose();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
