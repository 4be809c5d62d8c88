using Recruitment.Platform;

namespace Recruitment.Risk.Editions;

/// <summary>Opens the edition of a new day, by the business clock. Its row in the database says when; of two replicas one opens it.</summary>
internal sealed class OpenEditionWhenDue(OpenEdition edition, BusinessClock clock) : IDueWork, IActsFirst
{
    public const string Kind = "open-edition";
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private DateTime next;

    /// <summary>It reads every site, which no other writer should wait for. The number of an edition is its key, so that begun again it is opened once.</summary>
    public Task Act(string subject, CancellationToken stop)
    {
        // Before it looks: a day that begins meanwhile has its own turn.
        next = clock.NextDay;
        return edition.Ensure(stop);
    }

    public Task<DateTime?> Do(string subject, CancellationToken stop) => Task.FromResult<DateTime?>(next);
}

/// <summary>Opens the first edition before the host answers, and from then on keeps what this process scores by as new as the database has it.</summary>
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
                    await open.Follow(stoppingToken);
                    await open.CatchUp(stoppingToken);
                });
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                // The old edition stays in force; the next look tries again.
                log.LogError(failed, "The edition of the day could not be taken over");
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
