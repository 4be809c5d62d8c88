using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>A service that has its database and its secrets from elsewhere writes to its data folder late, or never: one that cannot be written stops the start all the same.</summary>
internal sealed class DataFolderIsWritable(IOptions<PlatformOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        PrivateFolder.Probe(options.Value.DataFolder);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
