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
/// Nothing pauses in here, for one turn of a consumer follows the other and whatever comes behind would wait as long. What fails for a reason of its own is put down as
/// a dead letter, at once when it would always fail, else after some tries. What is tried again, and what waits for another service's answer or for its own database,
/// which it does until it has it, waits outside (<see cref="Messaging"/>) while others have their turn.
/// </remarks>
internal sealed partial class InboxConsumer<TConsumer, TEvent, TDb>(
    Inbox<TConsumer, TEvent, TDb> inbox, OutboxSignal signal, ILogger<InboxConsumer<TConsumer, TEvent, TDb>> log) : IConsumer<Batch<TEvent>>
    where TConsumer : class, IConsumes<TEvent>
    where TEvent : class
    where TDb : ServiceDb
{
    /// <summary>So many commit together; the first of them waits this long for the others.</summary>
    public const int Together = 50;
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    /// <summary>So often a message is tried alone that fails for a reason which may pass, such as what a replica does at the same moment: within about a second.</summary>
    public const int Tries = 4;

    private static readonly string Name = typeof(TConsumer).FullName!;

    private sealed record Failed(Guid Id, ConsumeContext<TEvent> Came, Exception Problem);

    /// <summary>How often a message failed for a reason of its own since it was delivered. How often it waited for others does not count.</summary>
    private sealed class Failures
    {
        public int Count { get; set; }
    }

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

            foreach (var failed in await OneByOne(messages, waiting, stop)) await PutDown(failed, waiting, stop);
            if (waiting.Count > 0) throw new AskAgainException($"{Name} waits for another service's answer, for its database, or for the next try.", new AggregateException(waiting));
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

    /// <summary>Those that failed for a reason of their own and are not tried again. The others are handled, or wait.</summary>
    private async Task<List<Failed>> OneByOne(List<(Guid Id, ConsumeContext<TEvent> Came)> messages, List<Exception> waiting, CancellationToken stop)
    {
        var failed = new List<Failed>();
        foreach (var (id, came) in messages)
        {
            try
            {
                await inbox.Handle([(id, came.Message)], stop);
            }
            catch (Exception problem) when (!stop.IsCancellationRequested)
            {
                if (problem is AskAgainException || Passing.Is(problem)) waiting.Add(problem);
                else if (Passing.Never(problem) || ++FailuresOf(came).Count >= Tries) failed.Add(new(id, came, problem));
                else waiting.Add(problem);
            }
        }
        return failed;
    }

    /// <summary>Kept with the delivery, which is the same over all its tries.</summary>
    private static Failures FailuresOf(ConsumeContext<TEvent> came) => came.ReceiveContext.GetOrAddPayload(() => new Failures());

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
            await inbox.PutDown(message.Id, BodyOf(message.Came), message.Problem, stop);
            CouldNotHandle(log, Name, message.Id, message.Problem);
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
