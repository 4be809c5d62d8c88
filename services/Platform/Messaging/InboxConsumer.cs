using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
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

/// <summary>Around every consumer: what has arrived together is handled in one transaction, and when that fails each message in one of its own, so that none is held up by another.</summary>
/// <remarks>
/// What still fails after some tries is put down as a dead letter, and the others go on. What waits for another service's answer, or for its own
/// database, is heard again until it has it: it is not the message that is wrong.
/// </remarks>
internal sealed partial class InboxConsumer<TConsumer, TEvent, TDb>(
    Inbox<TConsumer, TEvent, TDb> inbox, TimeProvider time, OutboxSignal signal, ILogger<InboxConsumer<TConsumer, TEvent, TDb>> log) : IConsumer<Batch<TEvent>>
    where TConsumer : class, IConsumes<TEvent>
    where TEvent : class
    where TDb : ServiceDb
{
    /// <summary>So many commit together; the first of them waits this long for the others.</summary>
    public const int Together = 50;
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan[] Pauses = [TimeSpan.Zero, .. new[] { 50, 200, 1000, 5000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];
    private static readonly string Name = typeof(TConsumer).FullName!;

    private sealed record Failed(Guid Id, ConsumeContext<TEvent> Came, Exception? Problem);

    public async Task Consume(ConsumeContext<Batch<TEvent>> context)
    {
        var messages = context.Message.Where(m => m.MessageId is not null).Select(m => (Id: m.MessageId!.Value, Came: m)).ToList();
        var stop = context.CancellationToken;
        try
        {
            var waiting = new List<Exception>();
            // Only what did not come from an outbox has none; it must not hold up what came with it.
            foreach (var nameless in context.Message.Where(m => m.MessageId is null))
                await PutDown(new(IdOf(nameless.Message), nameless, new BadMessageException(BadMessageException.Nameless, "A message without an id cannot be heard once.")), waiting, stop);
            if (waiting.Count == 0 && messages.Count > 1 && await AllTogether([.. messages.Select(m => (m.Id, m.Came.Message))], stop)) return;

            var left = messages.ConvertAll(m => new Failed(m.Id, m.Came, null));
            for (var round = 0; left.Count > 0 && round < Pauses.Length; round++)
            {
                await Task.Delay(Pauses[round], time, stop);
                left = await OneByOne(left, waiting, stop);
            }
            foreach (var failed in left) await PutDown(failed, waiting, stop);
            if (waiting.Count > 0) throw new AskAgainException($"{Name} waits for another service's answer, or for its database.", new AggregateException(waiting));
        }
        finally
        {
            signal.Raise();
        }
    }

    private async Task<bool> AllTogether(List<(Guid Id, TEvent Message)> messages, CancellationToken stop)
    {
        try
        {
            await inbox.Handle(messages, stop);
            return true;
        }
        catch (Exception problem) when (!stop.IsCancellationRequested)
        {
            NotTogether(log, Name, messages.Count, problem);
            return false;
        }
    }

    /// <summary>Those that failed for a reason of their own. The others are handled, or wait.</summary>
    private async Task<List<Failed>> OneByOne(List<Failed> messages, List<Exception> waiting, CancellationToken stop)
    {
        var failed = new List<Failed>();
        foreach (var message in messages)
        {
            try
            {
                await inbox.Handle([(message.Id, message.Came.Message)], stop);
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                if (problem is AskAgainException || Passing.Is(problem)) waiting.Add(problem);
                else failed.Add(message with { Problem = problem });
            }
        }
        return failed;
    }

    /// <summary>Of what has none: the same whenever the same message comes again, so that it is put down once.</summary>
    private static Guid IdOf(TEvent message) => new(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(message)).AsSpan(0, 16));

    /// <summary>As its publisher wrote it: a later release may be able to handle what this one does not know in it.</summary>
    private static byte[] BodyOf(ConsumeContext<TEvent> came)
    {
        try
        {
            return Envelope.MessageIn(came.ReceiveContext.Body.GetBytes());
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToUtf8Bytes(came.Message);
        }
    }

    private async Task PutDown(Failed message, List<Exception> waiting, CancellationToken stop)
    {
        try
        {
            await inbox.PutDown(message.Id, BodyOf(message.Came), message.Problem!, stop);
            CouldNotHandle(log, Name, message.Id, message.Problem!);
        }
        catch (Exception problem) when (!stop.IsCancellationRequested)
        {
            // Nothing is lost because there is nowhere to put it: it is heard again.
            waiting.Add(problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} could not handle {Count} messages together; it goes on with one after the other.")]
    private static partial void NotTogether(ILogger log, string consumer, int count, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} could not handle message {Id}. It is kept as a dead letter: an administrator sends it again or sets it aside.")]
    private static partial void CouldNotHandle(ILogger log, string consumer, Guid id, Exception problem);
}
