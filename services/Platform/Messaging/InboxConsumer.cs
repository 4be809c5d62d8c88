using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Around every consumer: one transaction that marks the message as handled, drops older states, and saves what the consumer changed.</summary>
internal sealed class InboxConsumer<TConsumer, TEvent, TDb>(
    TDb db, TConsumer consumer, StateReader<TConsumer, TEvent> state, TimeProvider time, OutboxSignal signal) : IConsumer<TEvent>
    where TConsumer : class, IConsumes<TEvent>
    where TEvent : class
    where TDb : ServiceDb
{
    private static readonly string Name = typeof(TConsumer).FullName!;

    public async Task Consume(ConsumeContext<TEvent> context)
    {
        var stop = context.CancellationToken;
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without an id cannot be heard once.");

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var now = time.GetUtcNow().UtcDateTime;
        // On PostgreSQL a concurrent duplicate waits here for the first; on SQLite the transaction already excludes other writers.
        var marked = await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Inbox" ("MessageId", "Consumer", "HandledAt") VALUES ({messageId}, {Name}, {now}) ON CONFLICT DO NOTHING""", stop);
        if (marked == 1 && await IsNewer(state.Read(context.Message), stop)) await consumer.Consume(context.Message, stop);

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        signal.Raise();
    }

    private async Task<bool> IsNewer(StateOf offered, CancellationToken stop)
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
}
