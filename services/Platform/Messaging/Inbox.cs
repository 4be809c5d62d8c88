using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>Hears messages for one consumer: each once, older states dropped, all that it changes in one transaction with the mark that it was handled.</summary>
internal sealed class Inbox<TConsumer, TEvent, TDb>(
    IServiceScopeFactory scopes, StateReader<TConsumer, TEvent> state, WriteTurn<TDb> turn, TimeProvider time)
    where TConsumer : class, IConsumes<TEvent>
    where TEvent : class
    where TDb : ServiceDb
{
    private static readonly string Name = typeof(TConsumer).FullName!;

    public Task Handle(IReadOnlyList<(Guid Id, TEvent Message)> messages, CancellationToken stop) => InTransaction([.. messages.Select(m => m.Message)], async (db, consumer) =>
    {
        foreach (var (id, message) in messages)
        {
            if (await Mark(db, id, stop)) await Apply(db, consumer, message, stop);
        }
    }, stop);

    /// <summary>Keeps a message that could not be handled. To the inbox it is dealt with: it is not delivered again, and leaves an embedded outbox.</summary>
    public Task PutDown(Guid id, byte[] body, Exception problem, CancellationToken stop) => InTransaction([], async (db, _) =>
    {
        if (!await Mark(db, id, stop)) return;
        db.DeadLetters.Add(DeadLetter.Of(id, Name, body, asItCame: false, problem, time.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(stop);
    }, stop);

    /// <summary>Handles a dead letter and closes it, in one transaction. Throws when it still cannot be read or handled; then nothing has changed.</summary>
    public async Task HearAgain(Guid letter, byte[] body, string by, CancellationToken stop)
    {
        var message = JsonSerializer.Deserialize<TEvent>(body, JsonSerializerOptions.Web) ?? throw new JsonException("The message is empty.");
        await InTransaction([message], async (db, consumer) =>
        {
            // Of two who send it at once the second waits here, and finds it closed.
            var now = time.GetUtcNow().UtcDateTime;
            if (await db.DeadLetters.Where(d => d.Id == letter && d.ClosedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.FailedAt, now), stop) == 0) return;

            var applied = await Apply(db, consumer, message, stop);
            (await db.DeadLetters.SingleAsync(d => d.Id == letter, stop)).Close(applied ? Outcomes.Handled : Outcomes.Superseded, why: null, by, now);
            await db.SaveChangesAsync(stop);
        }, stop);
    }

    private async Task InTransaction(IReadOnlyList<TEvent> asked, Func<TDb, TConsumer, Task> work, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var consumer = scope.ServiceProvider.GetRequiredService<TConsumer>();
        if (consumer is IAsksFirst<TEvent> first)
        {
            foreach (var message in asked) await Ask(first, message, stop);
            db.ChangeTracker.Clear();
        }
        await turn.Take(db, async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await work(db, consumer);
            await transaction.CommitAsync(stop);
        }, stop);
    }

    /// <summary>False when it was marked before. On PostgreSQL a concurrent duplicate waits here for the first; on SQLite the transaction already excludes other writers.</summary>
    private async Task<bool> Mark(TDb db, Guid id, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "Inbox" ("MessageId", "Consumer", "HandledAt") VALUES ({id}, {Name}, {now}) ON CONFLICT DO NOTHING""", stop) == 1;
    }

    /// <summary>False when a newer state was heard before.</summary>
    private async Task<bool> Apply(TDb db, TConsumer consumer, TEvent message, CancellationToken stop)
    {
        if (!await IsNewer(db, state.Read(message), stop)) return false;

        await consumer.Consume(message, stop);
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
        return true;
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
}
