using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>Gives entries their place and hash after they were committed: no request waits for another's, as it would if each had to know the one before.</summary>
/// <remarks>One replica at a time. What is committed later comes later in the chain; what was committed meanwhile is in the order of its time. A process that dies leaves all of a step or none.</remarks>
internal sealed partial class SealAuditTrail<TDb>(
    IServiceScopeFactory scopes, WriteTurn<TDb> turn, IOptions<AuditOptions> options, ILogger<SealAuditTrail<TDb>> log) : BackgroundService
    where TDb : ServiceDb
{
    private const int Together = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!KeepsOne()) return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.SealEverySeconds));
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    while (await SealSome(stoppingToken) == Together) { }
                }
                catch (Exception problem) when (problem is not (OperationCanceledException or OutOfMemoryException))
                {
                    // A database that is away now is back later; what is not sealed is seen as such meanwhile.
                    Stumbled(log, typeof(TDb).Name, problem.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private bool KeepsOne()
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetRequiredService<TDb>().KeepsAuditTrail;
    }

    /// <summary>How many got their place.</summary>
    internal async Task<int> SealSome(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (!await db.Set<AuditEntry>().AnyAsync(e => e.Sequence == null, stop)) return 0;

        var count = 0;
        await turn.Take(db, async () => count = await SealSome(db, stop), stop);
        return count;
    }

    private static async Task<int> SealSome(TDb db, CancellationToken stop)
    {
        await using var alone = await db.Database.BeginTransactionAsync(stop);
        await OneAtATime.Wait(db, AuditTables.Trail, stop);
        // Of an earlier epoch first: what was written before a backup came before the restore from it.
        var entries = await db.Set<AuditEntry>().Where(e => e.Sequence == null).OrderBy(e => e.Epoch).ThenBy(e => e.At).ThenBy(e => e.Id).Take(Together).ToListAsync(stop);
        var parties = entries.Select(e => e.Party).Distinct().ToList();
        var heads = await db.Set<AuditHead>().Where(h => parties.Contains(h.Party)).ToDictionaryAsync(h => h.Party, stop);
        foreach (var entry in entries)
        {
            if (!heads.TryGetValue(entry.Party, out var head)) db.Add(heads[entry.Party] = head = AuditHead.Before(db.AuditName, entry.Party));
            head.Take(entry);
        }
        await db.SaveChangesAsync(stop);
        await alone.CommitAsync(stop);
        return entries.Count;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audit trail of {Database} could not be sealed now ({Problem}). It is tried again.")]
    private static partial void Stumbled(ILogger log, string database, string problem);
}
