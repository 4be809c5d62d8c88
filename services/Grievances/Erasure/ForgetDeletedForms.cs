namespace Recruitment.Grievances.Erasure;

/// <summary>Forgets that a form's report was deleted when no page of that form lasts any more: that somebody deleted something is nobody's business either.</summary>
/// <remarks>By the clock and not when a worker comes, who may be long in coming.</remarks>
internal sealed class ForgetDeletedForms(IServiceScopeFactory scopes, BusinessClock clock, TimeProvider time, ILogger<ForgetDeletedForms> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    public async Task Forget(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var today = clock.Today;
        await scope.ServiceProvider.GetRequiredService<GrievancesDb>().DeletedForms.Where(d => d.LastDay < today).ExecuteDeleteAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Forget(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                log.LogWarning("Deleted forms could not be forgotten, which will be tried again: {Kind}", problem.GetType().Name);
            }
        }
    }
}
