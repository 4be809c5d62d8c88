using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>One writer at a time among the consumers of a SQLite file: its own waiting is by sleeping, and the unlucky sleep longest.</summary>
internal sealed class WriteTurn<TDb> : IDisposable
    where TDb : ServiceDb
{
    private readonly SemaphoreSlim turn = new(1);

    public async Task Take(TDb db, Func<Task> work, CancellationToken stop)
    {
        if (!db.Database.IsSqlite())
        {
            await work();
            return;
        }
        await turn.WaitAsync(stop);
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}

/// <summary>Around every consumer: marks each message as handled, drops older states, and saves what the consumer changed; what has arrived together
/// in one transaction, and when that fails each message in one of its own, so that none is held up by another.</summary>
internal sealed partial class InboxConsumer<TConsumer, TEvent, TDb>(
    IServiceScopeFactory scopes, StateReader<TConsumer, TEvent> state, WriteTurn<TDb> turn, TimeProvider time, OutboxSignal signal,
    ILogger<InboxConsumer<TConsumer, TEvent, TDb>> log) : IConsumer<Batch<TEvent>>
    where TConsumer : class, IConsumes<TEvent>
    where TEvent : class
    where TDb : ServiceDb
{
    /// <summary>So many commit together; the first of them waits this long for the others.</summary>
    public const int Together = 50;
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    private static readonly string Name = typeof(TConsumer).FullName!;

    public async Task Consume(ConsumeContext<Batch<TEvent>> context)
    {
        var messages = context.Message.Select(m => (Id: m.MessageId ?? throw new InvalidOperationException("A message without an id cannot be heard once."), m.Message)).ToList();
        var stop = context.CancellationToken;
        try
        {
            await Handle(messages, stop);
        }
        catch (Exception problem) when (messages.Count > 1 && !stop.IsCancellationRequested)
        {
            OneByOne(log, Name, messages.Count, problem);
            var failed = new List<Exception>();
            foreach (var message in messages)
            {
                try
                {
                    await Handle([message], stop);
                }
                catch (Exception one) when (!stop.IsCancellationRequested)
                {
                    failed.Add(one);
                }
            }
            if (failed.Count == 0) return;
            // The longer patience for all of them, for they are heard again together.
            var together = new AggregateException(failed);
            throw failed.Exists(one => one is AskAgainException) ? new AskAgainException("Some of these events wait for another service's answer.", together) : together;
        }
        finally
        {
            signal.Raise();
        }
    }

    private async Task Handle(IReadOnlyList<(Guid Id, TEvent Message)> messages, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var consumer = scope.ServiceProvider.GetRequiredService<TConsumer>();
        if (consumer is IAsksFirst<TEvent> first)
        {
            foreach (var (_, message) in messages) await Ask(first, message, stop);
            db.ChangeTracker.Clear();
        }
        await turn.Take(db, async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            foreach (var (id, message) in messages)
            {
                var now = time.GetUtcNow().UtcDateTime;
                // On PostgreSQL a concurrent duplicate waits here for the first; on SQLite the transaction already excludes other writers.
                var marked = await db.Database.ExecuteSqlAsync(
                    $"""INSERT INTO "Inbox" ("MessageId", "Consumer", "HandledAt") VALUES ({id}, {Name}, {now}) ON CONFLICT DO NOTHING""", stop);
                if (marked == 0 || !await IsNewer(db, state.Read(message), stop)) continue;

                await consumer.Consume(message, stop);
                await db.SaveChangesAsync(stop);
                db.ChangeTracker.Clear();
            }
            await transaction.CommitAsync(stop);
        }, stop);
    }

    private static async Task Ask(IAsksFirst<TEvent> consumer, TEvent message, CancellationToken stop)
    {
        try
        {
            await consumer.Ask(message, stop);
        }
        catch (Exception problem) when (!stop.IsCancellationRequested)
        {
            throw new AskAgainException($"{Name} had no answer from another service.", problem);
        }
    }

    private static async Task<bool> IsNewer(TDb db, StateOf offered, CancellationToken stop)
    {
        // The row is made first and then compared under its lock, so that two replicas cannot both think they are newest.
        var changed = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Heard" ("Consumer", "SubjectId", "Epoch", "Sequence") VALUES ({Name}, {offered.Subject}, {offered.Epoch}, {offered.Sequence})
            ON CONFLICT ("Consumer", "SubjectId") DO UPDATE SET "Epoch" = excluded."Epoch", "Sequence" = excluded."Sequence"
            WHERE "Heard"."Epoch" < excluded."Epoch" OR ("Heard"."Epoch" = excluded."Epoch" AND "Heard"."Sequence" < excluded."Sequence")
            """, stop);
        return changed == 1;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} could not handle {Count} messages together; it goes on with one after the other.")]
    private static partial void OneByOne(ILogger log, string consumer, int count, Exception problem);
}
