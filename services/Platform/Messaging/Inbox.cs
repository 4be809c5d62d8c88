using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>Hears messages for one consumer: each once, older states dropped, all that it changes in one transaction with the mark that it was handled.</summary>
internal sealed partial class Inbox<TConsumer, TEvent, TDb>(
    IServiceScopeFactory scopes, StateReader<TConsumer, TEvent> state, WriteTurn<TDb> turn, TimeProvider time, MessagingMetrics metrics, ILogger<Inbox<TConsumer, TEvent, TDb>> log)
    where TConsumer : class, IConsumes<TEvent>
    where TEvent : class
    where TDb : ServiceDb
{
    private static readonly string Name = typeof(TConsumer).FullName!;

    private readonly SaidLess unanswered = new();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Of several states of one subject only the newest is applied: the others would count as old had they come in another order.</summary>
    /// <param name="messages">One state at least.</param>
    /// <param name="patience">How long another service may take to answer about one of them.</param>
    /// <param name="stop">Nobody waits any more.</param>
    public async Task Handle(IReadOnlyList<(Guid Id, TEvent Message)> messages, TimeSpan patience, CancellationToken stop)
    {
        var fresh = 0;
        await InTransaction([.. messages.Select(m => m.Message)], patience, async (db, consumer) =>
        {
            var unknown = await Ledger.Mark(db, Name, messages.Select(m => m.Id), Now, stop);
            fresh = unknown.Count;
            if (fresh > 0) await Apply(db, consumer, [.. messages.Where(m => unknown.Contains(m.Id)).Select(m => m.Message)], stop);
        }, stop);
        metrics.Handled(Name, fresh);
    }

    /// <summary>Keeps a message that could not be handled. To the inbox it is dealt with: it is not delivered again, and leaves an embedded outbox.</summary>
    public async Task PutDown(Guid id, byte[] body, Exception problem, CancellationToken stop)
    {
        var isNew = false;
        await InTransaction([], Timeout.InfiniteTimeSpan, async (db, _) =>
        {
            isNew = (await Ledger.Mark(db, Name, [id], Now, stop)).Count == 1;
            if (!isNew) return;
            db.DeadLetters.Add(DeadLetter.Of(id, Name, body, asItCame: false, problem, Now));
            await db.SaveChangesAsync(stop);
        }, stop);
        if (isNew) metrics.PutDown(Name, MessagingMetrics.KindOf(problem));
    }

    /// <summary>Handles a dead letter and closes it, in one transaction. Throws when it still cannot be read or handled; then nothing has changed.</summary>
    public async Task HearAgain(Guid letter, byte[] body, string by, CancellationToken stop)
    {
        var message = JsonSerializer.Deserialize<TEvent>(body, JsonSerializerOptions.Web) ?? throw new JsonException("The message is empty.");
        await InTransaction([message], Timeout.InfiniteTimeSpan, async (db, consumer) =>
        {
            // Of two who send it at once the second waits here, and finds it closed.
            var now = Now;
            if (await db.DeadLetters.Where(d => d.Id == letter && d.ClosedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.FailedAt, now), stop) == 0) return;

            var applied = await Apply(db, consumer, [message], stop) == 1;
            (await db.DeadLetters.SingleAsync(d => d.Id == letter, stop)).Close(applied ? Outcomes.Handled : Outcomes.Superseded, why: null, by, now);
            await db.SaveChangesAsync(stop);
        }, stop);
    }

    private async Task InTransaction(IReadOnlyList<TEvent> asked, TimeSpan patience, Func<TDb, TConsumer, Task> work, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var consumer = scope.ServiceProvider.GetRequiredService<TConsumer>();
        if (consumer is IAsksFirst<TEvent> first)
        {
            foreach (var message in asked) await Ask(first, message, patience, stop);
            db.ChangeTracker.Clear();
        }
        await turn.Take(db, async () =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await work(db, consumer);
            await transaction.CommitAsync(stop);
        }, stop);
    }

    /// <summary>How many were the newest of their subject.</summary>
    private async Task<int> Apply(TDb db, TConsumer consumer, IReadOnlyList<TEvent> messages, CancellationToken stop)
    {
        var newest = messages.GroupBy(m => state.Read(m).Subject).ToDictionary(g => g.Key, g => g.MaxBy(m => (state.Read(m).Epoch, state.Read(m).Sequence))!);
        var newer = await Ledger.Hear(db, Name, newest.Values.Select(state.Read), stop);
        var toHear = messages.Where(m => newer.Contains(state.Read(m).Subject) && ReferenceEquals(m, newest[state.Read(m).Subject])).ToList();
        if (consumer is IConsumesMany<TEvent> ofMany)
        {
            await ofMany.Consume(toHear, stop);
            await Save(db, stop);
        }
        else
        {
            foreach (var message in toHear)
            {
                await consumer.Consume(message, stop);
                await Save(db, stop);
            }
        }
        return newer.Count;
    }

    private static async Task Save(TDb db, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    private async Task Ask(IAsksFirst<TEvent> consumer, TEvent message, TimeSpan patience, CancellationToken stop)
    {
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(stop);
        answered.CancelAfter(patience);
        try
        {
            await consumer.Ask(message, answered.Token);
            unanswered.IsOver();
        }
        catch (Exception problem) when (!stop.IsCancellationRequested)
        {
            // Where, not what: a mistake in our own question would else wait unseen among those that are asked again.
            if (unanswered.Again()) NoAnswer(log, Name, problem.GetBaseException().GetType().Name, problem.StackTrace);
            // By name alone: what has a cancellation within it the bus takes for one of its own, and neither waits nor asks again.
            throw new AskAgainException($"{Name} had no answer from another service ({problem.GetBaseException().GetType().Name}).");
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} had no answer from another service ({Kind}), and asks again. Where:\n{Where}")]
    private static partial void NoAnswer(ILogger log, string consumer, string kind, string? where);
}
