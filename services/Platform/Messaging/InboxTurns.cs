using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>Around every consumer, one turn after the other: what arrived during one turn is handled in one transaction in the next, and when that fails each message in one of its own, so that none is held up by another.</summary>
/// <remarks>
/// Nothing waits for its next try in here, for whatever comes behind would wait as long. What fails for a reason of its own is put down as a dead letter, at once when it would always fail,
/// else after some tries. What is tried again, and what waits for another service's answer or for its own database, which it does until it has it, waits outside
/// (<see cref="Messaging"/>) while others have their turn; when it comes again it is handled alone, so that those which come with it do not fail for its sake.
/// </remarks>
internal sealed partial class InboxTurns<TConsumer, TEvent, TDb>(
    Inbox<TConsumer, TEvent, TDb> inbox, OutboxSignal signal, TimeProvider time, ILogger<InboxTurns<TConsumer, TEvent, TDb>> log)
    where TConsumer : class, IConsumes<TEvent>
    where TEvent : class
    where TDb : ServiceDb
{
    /// <summary>So many commit together.</summary>
    public const int Together = 50;

    /// <summary>While messages come in company, a turn that is not full waits this long for more: a commit costs as much as many messages.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    /// <summary>When another service did not answer about one of a turn, the others of that turn ask it no longer than this: those that need no answer do not wait for its sake.</summary>
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(250);

    /// <summary>So often a message is tried alone that fails for a reason which may pass, such as what a replica does at the same moment: within about a second.</summary>
    public const int Tries = 4;

    private static readonly string Name = typeof(TConsumer).FullName!;

    private readonly ConcurrentQueue<Waiting> waiting = [];
    private bool inCompany;
    private int isTaking;

    /// <summary>Kept with the delivery, which is the same over all its tries. How often it waited for others is no failure of its own.</summary>
    private sealed class Delivery
    {
        public bool CameBefore { get; set; }
        public int Failures { get; set; }
    }

    private sealed class Waiting(ConsumeContext<TEvent> came)
    {
        private readonly TaskCompletionSource outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConsumeContext<TEvent> Came => came;
        public TEvent Message => came.Message;
        public bool IsNameless => came.MessageId is null;

        /// <summary>Of what has none, which did not come from an outbox: the same whenever the same message comes again, so that it is put down once.</summary>
        public Guid Id { get; } = came.MessageId ?? new(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(came.Message)).AsSpan(0, 16));
        public Delivery Delivery { get; } = came.ReceiveContext.GetOrAddPayload(() => new Delivery());
        public Task Outcome => outcome.Task;

        public void IsDone() => outcome.TrySetResult();

        public void Failed(Exception problem) => outcome.TrySetException(problem);

        public void TryAgain(Exception problem)
        {
            Delivery.CameBefore = true;
            // By name alone: what has a cancellation within it the bus takes for one of its own, and puts the message down.
            Failed(new AskAgainException($"{Name} waits for another service's answer, for its database, or for the next try ({problem.GetBaseException().GetType().Name})."));
        }
    }

    /// <summary>Handled, or put down, when it returns. Throws an <see cref="AskAgainException"/> when it is to come again.</summary>
    public async Task Hear(ConsumeContext<TEvent> came)
    {
        var mine = new Waiting(came);
        waiting.Enqueue(mine);
        if (Interlocked.CompareExchange(ref isTaking, 1, 0) == 0)
        {
            // For all that come: the context of this one is not theirs.
            using (ExecutionContext.SuppressFlow()) _ = Task.Run(TakeAll, CancellationToken.None);
        }
        await mine.Outcome;
    }

    /// <summary>One turn after the other, as long as there are any: a place that each waited for by itself would be handed through all whom the turn before had taken along.</summary>
    private async Task TakeAll()
    {
        do
        {
            while (!waiting.IsEmpty) await Take();
            Volatile.Write(ref isTaking, 0);
        }
        while (!waiting.IsEmpty && Interlocked.CompareExchange(ref isTaking, 1, 0) == 0);
    }

    private async Task Take()
    {
        if (inCompany && waiting.Count < Together) await Task.Delay(Patience, time, CancellationToken.None);
        var taken = new List<Waiting>();
        while (taken.Count < Together && waiting.TryDequeue(out var next)) taken.Add(next);
        inCompany = taken.Count > 1;
        // What was begun is ended, whatever becomes of the connection that one of them came by: in a turn there are others, and both databases and other services are given up after half a minute.
        try
        {
            foreach (var nameless in taken.Where(w => w.IsNameless)) await PutDown(nameless, new BadMessageException(BadMessageException.Nameless, "A message without an id cannot be heard once."));
            var together = taken.Where(w => !w.IsNameless && !w.Delivery.CameBefore).ToList();
            var isAway = false;
            if (together.Count > 1 && await AllTogether(together) is { } problem) isAway = await OneByOne(together, problem is AskAgainException);
            else if (together.Count == 1) isAway = await OneByOne(together, isAway: false);
            await OneByOne(taken.Where(w => !w.IsNameless && w.Delivery.CameBefore && !w.Outcome.IsCompleted), isAway);
        }
        catch (Exception stopped)
        {
            // Whoever took them along tells them: nobody else will.
            foreach (var left in taken) left.TryAgain(stopped);
        }
        finally
        {
            signal.Raise();
        }
    }

    /// <summary>Why they are to be handled one by one; null when they are handled.</summary>
    private async Task<Exception?> AllTogether(List<Waiting> taken)
    {
        try
        {
            await inbox.Handle([.. taken.Select(w => (w.Id, w.Message))], Timeout.InfiniteTimeSpan, CancellationToken.None);
            foreach (var handled in taken) handled.IsDone();
            return null;
        }
        catch (Exception problem)
        {
            NotTogether(log, Name, taken.Count, problem);
            return problem;
        }
    }

    /// <summary>Whether another service was found away, now or before.</summary>
    private async Task<bool> OneByOne(IEnumerable<Waiting> taken, bool isAway)
    {
        foreach (var one in taken)
        {
            try
            {
                await inbox.Handle([(one.Id, one.Message)], isAway ? Briefly : Timeout.InfiniteTimeSpan, CancellationToken.None);
                one.IsDone();
            }
            catch (Exception problem)
            {
                isAway |= problem is AskAgainException;
                if (problem is AskAgainException || Passing.Is(problem)) one.TryAgain(problem);
                else if (Passing.Never(problem) || ++one.Delivery.Failures >= Tries) await PutDown(one, problem);
                else one.TryAgain(problem);
            }
        }
        return isAway;
    }

    private async Task PutDown(Waiting message, Exception why)
    {
        try
        {
            await inbox.PutDown(message.Id, BodyOf(message.Came), why, CancellationToken.None);
            CouldNotHandle(log, Name, message.Id, why);
            message.IsDone();
        }
        catch (Exception problem)
        {
            // Nothing is lost because there is nowhere to put it: it is heard again.
            message.TryAgain(problem);
        }
    }

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Consumer} could not handle {Count} messages together; it goes on with one after the other.")]
    private static partial void NotTogether(ILogger log, string consumer, int count, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Consumer} could not handle message {Id}. It is kept as a dead letter: an administrator sends it again or sets it aside.")]
    private static partial void CouldNotHandle(ILogger log, string consumer, Guid id, Exception problem);
}
