using Microsoft.Extensions.Hosting;

namespace Recruitment.Platform;

/// <summary>A start without a secret that its data was made with stops before anybody is told that their code is unknown; so does one with a secret that protects nothing or cannot be read.</summary>
internal sealed class SecretsAreThere(Secrets secrets) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) =>
        (secrets.Gone() ?? secrets.Unusable()) is { } sentence ? throw new InvalidOperationException(sentence) : Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
