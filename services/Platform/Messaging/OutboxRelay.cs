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
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    // A publish whose connection dies while it awaits its confirm never completes by itself (docs/adr/0016).
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(30);
    private readonly Guid me = Guid.CreateVersion7();

    /// <summary>Given to the in-memory bus and not yet in every inbox. Looked for by id: a search of the table would read all that waits.</summary>
    private readonly Dictionary<Guid, (string Type, bool Bulk)> underWay = [];

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
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = signal.Next;
            var more = false;
            try
            {
                if (kind.InMemory) await ClearHandled(stoppingToken);
                more = await SendSome(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                // A database that is away now is back later; the rows are safe in it.
                RelayStumbled(log, typeof(TDb).Name, problem);
            }
            if (!more) await OutboxSignal.Wait(next, Poll, stoppingToken);
        }
    }

    private async Task<bool> SendSome(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var rows = await Claim(db, stop);
        if (rows.Count == 0) return false;

        var outcomes = await Task.WhenAll(rows.Select(row => Send(row, stop)));
        var now = time.GetUtcNow().UtcDateTime;
        var sent = rows.Where((_, i) => outcomes[i]).Select(r => r.Id).ToList();
        if (kind.InMemory)
        {
            // Longer each time: a consumer that waits for another service's answer still has the one before.
            foreach (var tries in rows.Where((_, i) => outcomes[i]).GroupBy(r => r.Attempts))
            {
                var (ids, next) = (tries.Select(r => r.Id).ToList(), now + (Again * Math.Pow(2, Math.Min(tries.Key - 1, 7))));
                await db.Outbox.Where(m => ids.Contains(m.Id) && m.LeaseOwner == me).ExecuteUpdateAsync(set => set
                    .SetProperty(m => m.Sent, true).SetProperty(m => m.LeaseOwner, (Guid?)null).SetProperty(m => m.NotBefore, next), stop);
            }
            foreach (var row in rows.Where((_, i) => outcomes[i])) underWay[row.Id] = (row.Type, row.Bulk);
        }
        else
        {
            await db.Outbox.Where(m => sent.Contains(m.Id) && m.LeaseOwner == me).ExecuteDeleteAsync(stop);
        }
        foreach (var row in rows.Where((_, i) => !outcomes[i]))
        {
            var wait = TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, Math.Min(row.Attempts, 10))));
            await db.Outbox.Where(m => m.Id == row.Id && m.LeaseOwner == me).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.LeaseOwner, (Guid?)null).SetProperty(m => m.NotBefore, now + wait), stop);
        }
        return rows.Count == Batch;
    }

    private async Task<List<OutboxMessage>> Claim(TDb db, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var due = await OutboxRows.Claim(db, bulk: false, Batch, me, Lease, now, stop);
        var bulk = Math.Min(Batch - due.Count, BulkUnderWay - underWay.Values.Count(u => u.Bulk));
        due.AddRange(await OutboxRows.Claim(db, bulk: true, bulk, me, Lease, now, stop));
        return due;
    }

    private async Task<bool> Send(OutboxMessage row, CancellationToken stop)
    {
        try
        {
            var type = OutboxRows.TypeOf(row.Type)
                ?? throw new BadMessageException(BadMessageException.UnknownType, $"No contract is called {row.Type}.");
            var happened = JsonSerializer.Deserialize(row.Body, type)!;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await bus.Publish(happened, type, context => context.MessageId = row.Id, deadline.Token).WaitAsync(Deadline, time, stop);
            return true;
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            metrics.NotSent(typeof(TDb).Name, problem);
            NotSent(log, row.Type, row.Id, row.Attempts, problem);
            return false;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Type} {Id} was not sent (attempt {Attempt}); it is tried again.")]
    private static partial void NotSent(ILogger log, string type, Guid id, int attempt, Exception problem);
}
