using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>Does a database's due work: each row once in effect, whichever replica takes it, and none in front of another that fails or takes long.</summary>
/// <remarks>
/// A row is taken with a lease, and done in one transaction with its removal in which the lease is looked at again and held until the end. A process that dies before
/// that leaves the row to whoever comes when the lease has run out; one that dies after it leaves none. Rows of a kind that this release does not know wait for one that does.
/// </remarks>
internal sealed partial class DueRunner<TDb>(
    IServiceScopeFactory scopes, DueKinds kinds, WriteTurn<TDb> turn, StuckWork stuck, BusinessClock clock, TimeProvider time, IHostApplicationLifetime program, ILogger<DueRunner<TDb>> log) : BackgroundService
    where TDb : ServiceDb
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Work that acts outside is stopped well before its lease ends, so that no other acts beside it.</summary>
    private static readonly TimeSpan ActWithin = Lease * 0.75;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan[] Pauses = [.. new[] { 2, 5, 15, 60, 300, 900, 3600 }.Select(s => TimeSpan.FromSeconds(s))];
    private const int MostTaken = 50;

    private readonly IReadOnlyDictionary<string, DueKind> known = kinds.Of<TDb>().ToDictionary(k => k.Name);
    private readonly Dictionary<Task, DueRow> underWay = [];
    private DateTime counted = DateTime.MinValue;
    private readonly SaidLess stumbles = new();
    private bool placed;

    /// <summary>What was taken, with the lease it was taken under.</summary>
    private sealed record Taken(DueRow Row, Guid Lease);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await program.HasStarted(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await BeginSome(stoppingToken);
                await CountStuck(stoppingToken);
                stumbles.IsOver();
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                // A database that is away now is back later; the rows are safe in it.
                stuck.Unknown(typeof(TDb).Name);
                counted = DateTime.MinValue;
                if (stumbles.Again()) Stumbled(log, typeof(TDb).Name, problem.GetType().Name);
            }
            if (!more) await NextLook(stoppingToken);
        }
        await Task.WhenAll(underWay.Keys);
    }

    /// <summary>Does all that is due now and returns when it is done, for whoever looks at it one step at a time.</summary>
    internal async Task DoWhatIsDue(CancellationToken stop)
    {
        while (true)
        {
            if (await BeginSome(stop)) continue;
            if (underWay.Count == 0) return;
            await Task.WhenAny(underWay.Keys);
        }
    }

    private async Task NextLook(CancellationToken stop)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny([Task.Delay(Poll, waiting.Token), .. underWay.Keys]);
        await waiting.CancelAsync();
    }

    private void Clear()
    {
        foreach (var done in underWay.Keys.Where(t => t.IsCompleted).ToList()) underWay.Remove(done);
    }

    /// <summary>Whether there may be more to begin at once.</summary>
    private async Task<bool> BeginSome(CancellationToken stop)
    {
        Clear();
        var places = new Places(known, underWay.Values);
        if (places.KindsWithRoom.Count == 0) return false;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (!placed) await PlaceWhatThereIsAlways(db, stop);
        var taken = await Take(db, places, stop);
        foreach (var one in taken) underWay.Add(Task.Run(() => Run(one, stop), CancellationToken.None), one.Row);
        return taken.Count > 0;
    }

    private async Task PlaceWhatThereIsAlways(TDb db, CancellationToken stop)
    {
        foreach (var kind in known.Values.Where(k => k.Always))
            await DueRows.PlaceIfMissing(db, new() { Id = DueRow.IdOf(kind.Name, ""), Kind = kind.Name, DueAt = DateTime.UnixEpoch, BusinessTime = kind.BusinessTime, NotBefore = DateTime.UnixEpoch }, stop);
        placed = true;
    }

    private async Task<List<Taken>> Take(TDb db, Places places, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var ready = Ready(now, clock.Now);
        var names = places.KindsWithRoom;
        var waiting = db.Set<DueRow>().AsNoTracking().Where(ready).Where(r => names.Contains(r.Kind));
        // Not read and passed over: as much as one organisation has waiting would hide what others have.
        foreach (var (kind, lane) in places.FullLanes) waiting = waiting.Where(r => r.Kind != kind || !r.Subject.StartsWith(lane));
        var found = await waiting.OrderBy(r => r.NotBefore).ThenBy(r => r.DueAt).Select(r => new { r.Id, r.Kind, r.Subject }).Take(MostTaken).ToListAsync(stop);
        var ids = found.Where(r => places.Take(r.Kind, r.Subject)).Select(r => r.Id).ToList();
        if (ids.Count == 0) return [];

        // A new lease for each taking: one that ran out is not mistaken for the next, not even by the same process.
        var lease = RandomId.New();
        await db.Set<DueRow>().Where(ready).Where(r => ids.Contains(r.Id)).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.LeaseOwner, lease).SetProperty(r => r.LeaseUntil, now + Lease).SetProperty(r => r.Attempts, r => r.Attempts + 1), stop);
        return (await db.Set<DueRow>().AsNoTracking().Where(r => ids.Contains(r.Id) && r.LeaseOwner == lease).ToListAsync(stop)).ConvertAll(r => new Taken(r, lease));
    }

    private static Expression<Func<DueRow, bool>> Ready(DateTime now, DateTime business)
    {
        var later = business > now ? business : now;
        return r => r.DueAt <= later && r.DueAt <= (r.BusinessTime ? business : now) && r.NotBefore <= now && (r.LeaseOwner == null || r.LeaseUntil < now);
    }

    private async Task Run(Taken taken, CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TDb>();
            var work = (IDueWork)scope.ServiceProvider.GetRequiredService(known[taken.Row.Kind].Work);
            if (work is IActsFirst first) await Act(first, taken.Row.Subject, stop);
            await turn.Take(db, () => DoAndRemove(db, work, taken, stop), stop);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // What was not committed is begun again when the lease has run out.
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            await PutOff(taken, problem, stop);
        }
    }

    private async Task Act(IActsFirst first, string subject, CancellationToken stop)
    {
        using var within = new CancellationTokenSource(ActWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, within.Token);
        await first.Act(subject, either.Token);
    }

    private async Task DoAndRemove(TDb db, IDueWork work, Taken taken, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var mine = db.Set<DueRow>().Where(r => r.Id == taken.Row.Id && r.LeaseOwner == taken.Lease);
        var until = time.GetUtcNow().UtcDateTime + Lease;
        // Changed first and so held until the commit: whoever takes the row after a lease that ran out waits here, and one that lost it does nothing.
        if (await mine.ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, until), stop) == 0) return;

        var next = await work.Do(taken.Row.Subject, stop);
        await db.SaveChangesAsync(stop);
        if (next is { } again)
        {
            await mine.ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, again).SetProperty(r => r.NotBefore, DateTime.UnixEpoch).SetProperty(r => r.Attempts, 0)
                .SetProperty(r => r.Problem, (string?)null).SetProperty(r => r.LeaseOwner, (Guid?)null).SetProperty(r => r.LeaseUntil, (DateTime?)null), stop);
        }
        else
        {
            await mine.ExecuteDeleteAsync(stop);
        }
        await transaction.CommitAsync(stop);
    }

    private async Task PutOff(Taken taken, Exception problem, CancellationToken stop)
    {
        var cause = problem.GetBaseException().GetType().Name;
        // Where, not what: the sentence of a mistake can name somebody.
        // Said less and less often: what stays broken is in the list of stuck work.
        if (int.IsPow2(taken.Row.Attempts)) Failed(log, taken.Row.Kind, typeof(TDb).Name, taken.Row.Attempts, cause, problem.StackTrace);
        var pause = Pauses[Math.Clamp(taken.Row.Attempts - 1, 0, Pauses.Length - 1)];
        if (pause > known[taken.Row.Kind].LongestPause) pause = known[taken.Row.Kind].LongestPause;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var next = time.GetUtcNow().UtcDateTime + pause;
            await scope.ServiceProvider.GetRequiredService<TDb>().Set<DueRow>().Where(r => r.Id == taken.Row.Id && r.LeaseOwner == taken.Lease).ExecuteUpdateAsync(set => set
                .SetProperty(r => r.NotBefore, next).SetProperty(r => r.Problem, cause)
                .SetProperty(r => r.LeaseOwner, (Guid?)null).SetProperty(r => r.LeaseUntil, (DateTime?)null), stop);
        }
        catch (Exception away) when (away is not OutOfMemoryException)
        {
            // The lease runs out and the row is begun again.
            if (!stop.IsCancellationRequested) Stumbled(log, typeof(TDb).Name, away.GetType().Name);
        }
    }

    private async Task CountStuck(CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if ((now - counted).Duration() < CountEvery) return;

        counted = now;
        await using var scope = scopes.CreateAsyncScope();
        stuck.Set(typeof(TDb).Name, await StuckWork.In(scope.ServiceProvider.GetRequiredService<TDb>()).CountAsync(stop));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The due work of {Database} stumbled over {Kind} and goes on.")]
    private static partial void Stumbled(ILogger log, string database, string kind);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Work} of {Database} failed (attempt {Attempt}) and is tried again: {Kind}\n{Where}")]
    private static partial void Failed(ILogger log, string work, string database, int attempt, string kind, string? where);
}
