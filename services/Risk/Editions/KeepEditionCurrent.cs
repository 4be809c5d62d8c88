namespace Recruitment.Risk.Editions;

/// <summary>Opens the first edition before the host answers, and looks every few seconds whether a new day has begun. What is due stands in the database, not in a timer.</summary>
internal sealed class KeepEditionCurrent(IServiceScopeFactory scopes, TimeProvider time, ILogger<KeepEditionCurrent> log) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Do(open => open.Ensure(cancellationToken));
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(2), time);
        do
        {
            try
            {
                await Do(async open =>
                {
                    await open.Ensure(stoppingToken);
                    await open.CatchUp(stoppingToken);
                });
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                // The old edition stays in force; the next look tries again.
                log.LogError(failed, "The edition of the day could not be opened");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Do(Func<OpenEdition, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<OpenEdition>());
    }
}
