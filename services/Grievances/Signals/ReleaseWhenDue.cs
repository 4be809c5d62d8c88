namespace Recruitment.Grievances.Signals;

/// <summary>Looks every second whether a release is due by the business clock, which the demonstration can move.</summary>
internal sealed class ReleaseWhenDue(IServiceScopeFactory scopes, TimeProvider time, ILogger<ReleaseWhenDue> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<ReleaseSignals>().DoWhatIsDue(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The kind alone: a message could carry an organisation's id. The lease runs out and the row is tried again.
                log.LogWarning("A release of signals failed and will be tried again: {Kind}", problem.GetType().Name);
            }
        }
    }
}
