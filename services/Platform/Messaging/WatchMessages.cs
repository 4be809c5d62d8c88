using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>Looks every few seconds what waits in a service's database, for whoever watches the figures. It only reads.</summary>
internal sealed partial class WatchMessages<TDb>(IServiceScopeFactory scopes, MessagingMetrics metrics, TimeProvider time, ILogger<WatchMessages<TDb>> log) : BackgroundService
    where TDb : ServiceDb
{
    /// <summary>Counting a million rows every time would cost more than the figure is worth: from here on it only says "so many or more".</summary>
    public const int CountedAtMost = 10_000;

    /// <summary>More than all replicas together have in hand.</summary>
    private const int TriedAtOnce = 1_000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private bool isSaid;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        try
        {
            do
            {
                try
                {
                    metrics.Set(typeof(TDb).Name, await Count(stoppingToken));
                    isSaid = false;
                }
                catch (Exception problem) when (problem is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
                {
                    // Whatever it is: a figure that is missing must never end the program.
                    metrics.Unknown(typeof(TDb).Name);
                    if (!isSaid) NotCounted(log, typeof(TDb).Name, problem.GetBaseException().GetType().Name);
                    isSaid = true;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<MessagingMetrics.Waiting> Count(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = time.GetUtcNow().UtcDateTime;
        // Their ids begin with the time at which they were made.
        var oldest = await db.Outbox.OrderBy(m => m.Id).Select(m => (DateTime?)m.CreatedAt).FirstOrDefaultAsync(stop);
        var unsent = 0;
        foreach (var bulk in new[] { false, true })
        {
            unsent += await db.Outbox.Where(m => m.Bulk == bulk && m.NotBefore > now).Where(OutboxRows.HasFailed).OrderBy(m => m.NotBefore).Take(CountedAtMost).CountAsync(stop);
            // And those that are tried again at this moment: a replica takes the longest due, so a million that wait behind them need not be read.
            unsent += await db.Outbox.Where(m => m.Bulk == bulk && m.NotBefore <= now).OrderBy(m => m.NotBefore).Take(TriedAtOnce).CountAsync(OutboxRows.HasFailed, stop);
        }
        return new(
            await db.Outbox.OrderBy(m => m.Id).Take(CountedAtMost).CountAsync(stop), oldest is null ? 0 : Math.Max(0, (now - oldest.Value).TotalSeconds), unsent,
            await db.DeadLetters.Where(d => d.ClosedAt == null).OrderBy(d => d.Id).Take(CountedAtMost).CountAsync(stop));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What waits in {Database} cannot be counted ({Kind}); its figures are missing until it can.")]
    private static partial void NotCounted(ILogger log, string database, string kind);
}
