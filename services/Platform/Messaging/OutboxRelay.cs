using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>Delivers a service's saved events: at least once, each with a deadline, never one behind another that cannot be sent.</summary>
/// <remarks>
/// Over RabbitMQ a row goes when the broker has confirmed it. The in-memory bus forgets on a crash, so there a row goes only when
/// every subscriber's inbox has it; what is left is published again, with the same message id, which the inboxes already know.
/// States need no order. What is published in bulk goes when nothing else waits, and there only a window of it is under way: a list of
/// a million rows waits in the database, not in memory and not in front of what a person just did.
/// </remarks>
internal sealed partial class OutboxRelay<TDb>(
    IServiceScopeFactory scopes, IBusControl bus, BusKind kind, Subscriptions subscriptions, OutboxSignal signal, MessagingMetrics metrics, TimeProvider time,
    ILogger<OutboxRelay<TDb>> log) : BackgroundService
    where TDb : ServiceDb
{
    private const int Batch = 100;
    private const int BulkUnderWay = 200;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Refused = TimeSpan.FromSeconds(1);
    private readonly Guid me = Guid.CreateVersion7();
    private readonly Pauses pauses = new();
    private readonly SaidLess stumbles = new();
    private DateTime noBulk;

    /// <summary>Given to the in-memory bus and not yet in every inbox. Looked for by id: a search of the table would read all that waits.</summary>
    private readonly Dictionary<Guid, (string Type, bool Bulk)> underWay = [];

    /// <summary>Wrong: it can never be sent by this release. Failed: the bus did not take it, perhaps for the sake of another; FailedAlone: it went by itself, and those of its type that have not go before it. Paused: its type failed just now. NotTried: another type failed before its turn came, or its lease would have ended first.</summary>
    private enum Outcome { NotTried, Sent, Wrong, Failed, FailedAlone, Paused }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the bus has declared its queues a message would go to an exchange that nobody listens to, and be lost as confirmed.
        try
        {
            await bus.WaitForHealthStatus(BusHealthStatus.Healthy, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }
        var isFirst = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            var more = false;
            try
            {
                if (isFirst && kind.InMemory) await BeginAnew(stoppingToken);
                isFirst = false;
                if (kind.InMemory) await ClearHandled(stoppingToken);
                more = await SendSome(stoppingToken);
                stumbles.IsOver();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                // A database that is away now is back later; the rows are safe in it.
                if (stumbles.Again()) RelayStumbled(log, typeof(TDb).Name, problem);
            }
            if (!more) await OutboxSignal.Wait(next, Poll, stoppingToken);
        }
    }

    /// <summary>What the in-memory bus had, it has forgotten: no row waits for a pause that a process before this one had given it. There is one process on such a database.</summary>
    private async Task BeginAnew(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = time.GetUtcNow().UtcDateTime;
        await scope.ServiceProvider.GetRequiredService<TDb>().Outbox.Where(m => m.NotBefore > now || m.LeaseOwner != null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseOwner, (Guid?)null).SetProperty(m => m.NotBefore, now).SetProperty(m => m.Attempts, 0), stop);
    }

    private async Task<bool> SendSome(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var claimed = time.GetTimestamp();
        var rows = await Claim(db, stop);
        if (rows.Count == 0) return false;

        var outcomes = await Send(rows, claimed, stop);
        var now = time.GetUtcNow().UtcDateTime;
        var sent = rows.Where(r => outcomes[r.Id] == Outcome.Sent).ToList();
        if (kind.InMemory)
        {
            // Longer each time: a consumer that waits for another service's answer still has the one before.
            foreach (var tries in sent.GroupBy(r => r.Attempts))
                await GiveBack(db, tries, now + (Again * Math.Pow(2, Math.Min(tries.Key - 1, 7))), sent: true, stop);
            foreach (var row in sent) underWay[row.Id] = (row.Type, row.Bulk);
        }
        else if (sent.Count > 0)
        {
            var ids = sent.ConvertAll(r => r.Id);
            await db.Outbox.Where(m => ids.Contains(m.Id) && m.LeaseOwner == me).ExecuteDeleteAsync(stop);
        }
        // Only what was tried counts as tried: whoever waits for the sake of others has his turn before them.
        foreach (var unsent in rows.Where(r => outcomes[r.Id] != Outcome.Sent).GroupBy(r => (IsTried: outcomes[r.Id] is not (Outcome.Paused or Outcome.NotTried), Next: outcomes[r.Id] switch
        {
            Outcome.Wrong => now + Pauses.OfWrong(r.Attempts),
            Outcome.FailedAlone => now + Pauses.OfFailed(r.Attempts),
            _ => pauses.Until(r.Type, now),
        })))
            await GiveBack(db, unsent, unsent.Key.Next, sent: false, stop, unsent.Key.IsTried);
        return rows.Count == Batch || outcomes.ContainsValue(Outcome.NotTried);
    }

    /// <summary>What nothing is known against goes together. Of a type that failed one goes after the other: a broker that refuses one closes the channel under whatever is under way on it.</summary>
    private async Task<Dictionary<Guid, Outcome>> Send(List<OutboxMessage> rows, long claimed, CancellationToken stop)
    {
        var outcomes = rows.ToDictionary(r => r.Id, _ => Outcome.NotTried);
        var groups = rows.GroupBy(r => pauses.IsSuspect(r.Type) ? r.Type : "").OrderBy(g => pauses.Until(g.Key, DateTime.MinValue));
        foreach (var group in groups)
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (pauses.Until(group.Key, DateTime.MinValue) > now)
            {
                foreach (var row in group) outcomes[row.Id] = Outcome.Paused;
                continue;
            }
            var isSuspect = group.Key.Length > 0;
            if (isSuspect) await SendUntilOneFails(group, outcomes, claimed, stop);
            else foreach (var (row, outcome) in group.Zip(await Task.WhenAll(group.Select(row => Send(row, stop))))) outcomes[row.Id] = outcome;

            var failed = group.Where(r => outcomes[r.Id] is Outcome.Failed or Outcome.FailedAlone).Select(r => r.Type).ToHashSet();
            foreach (var type in group.Where(r => outcomes[r.Id] != Outcome.NotTried).Select(r => r.Type).Distinct()) pauses.Note(type, failed.Contains(type), time.GetUtcNow().UtcDateTime);
            // The rest has its turn first in the next round: the leases do not last for one deadline after the other.
            if (failed.Count > 0) break;
        }
        return outcomes;
    }

    private async Task SendUntilOneFails(IEnumerable<OutboxMessage> rows, Dictionary<Guid, Outcome> outcomes, long claimed, CancellationToken stop)
    {
        foreach (var row in rows.OrderBy(r => r.Attempts))
        {
            // The rest has its turn in the next round: it is another's soon.
            if (time.GetElapsedTime(claimed) > OutboxRows.MayBegin) return;
            var begun = time.GetTimestamp();
            outcomes[row.Id] = await Send(row, stop);
            if (outcomes[row.Id] != Outcome.Failed) continue;
            outcomes[row.Id] = Outcome.FailedAlone;
            // One that is refused at once keeps nobody waiting; behind one that ran out of time other types wait.
            if (time.GetElapsedTime(begun) > Refused) return;
        }
    }

    private async Task GiveBack(TDb db, IEnumerable<OutboxMessage> rows, DateTime next, bool sent, CancellationToken stop, bool isTried = true)
    {
        var (ids, tried) = (rows.Select(r => r.Id).ToList(), isTried ? 0 : 1);
        await db.Outbox.Where(m => ids.Contains(m.Id) && m.LeaseOwner == me).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.Sent, m => m.Sent || sent).SetProperty(m => m.LeaseOwner, (Guid?)null).SetProperty(m => m.NotBefore, next).SetProperty(m => m.Attempts, m => m.Attempts - tried), stop);
    }

    private async Task<List<OutboxMessage>> Claim(TDb db, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var due = await OutboxRows.Claim(db, bulk: false, Batch, me, OutboxRows.Lease, now, stop);
        // Where there was none just now, what is busy does not ask each time.
        if (due.Count > 0 && now - noBulk < Poll) return due;
        var bulk = Math.Min(Batch - due.Count, BulkUnderWay - underWay.Values.Count(u => u.Bulk));
        if (bulk <= 0) return due;
        var late = await OutboxRows.Claim(db, bulk: true, bulk, me, OutboxRows.Lease, now, stop);
        noBulk = late.Count == 0 ? now : DateTime.MinValue;
        due.AddRange(late);
        return due;
    }

    private async Task<Outcome> Send(OutboxMessage row, CancellationToken stop)
    {
        try
        {
            var type = OutboxRows.TypeOf(row.Type)
                ?? throw new BadMessageException(BadMessageException.UnknownType, $"No contract is called {row.Type}.");
            var happened = JsonSerializer.Deserialize(row.Body, type) ?? throw new BadMessageException(BadMessageException.Unreadable, "The row holds no event.");
            using var given = CancellationTokenSource.CreateLinkedTokenSource(stop);
            try
            {
                await bus.Publish(happened, type, context => context.MessageId = row.Id, given.Token).WaitAsync(OutboxRows.Deadline, time, stop);
            }
            finally
            {
                // Or the bus would go on trying behind our back.
                await given.CancelAsync();
            }
            return Outcome.Sent;
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            metrics.NotSent(typeof(TDb).Name, problem);
            NotSent(log, row.Type, row.Id, row.Attempts, problem is TimeoutException ? "no confirm in time" : problem.ToString());
            return problem is BadMessageException or JsonException ? Outcome.Wrong : Outcome.Failed;
        }
    }

    private async Task ClearHandled(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        foreach (var group in underWay.GroupBy(m => m.Value.Type, m => m.Key).ToList())
        {
            var done = group.ToHashSet();
            foreach (var subscription in subscriptions.All.Where(s => s.EventType.FullName == group.Key))
                done.IntersectWith(await subscription.Handled(scope.ServiceProvider, [.. done], stop));
            if (done.Count == 0) continue;

            await db.Outbox.Where(m => done.Contains(m.Id)).ExecuteDeleteAsync(stop);
            foreach (var id in done) underWay.Remove(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The relay of {Database} stumbled and goes on.")]
    private static partial void RelayStumbled(ILogger log, string database, Exception problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Type} {Id} was not sent (attempt {Attempt}); it is tried again: {Why}")]
    private static partial void NotSent(ILogger log, string type, Guid id, int attempt, string why);
}
