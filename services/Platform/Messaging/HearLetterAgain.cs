using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>A dead letter is heard again, by the consumer that could not handle it and by no other, when it is of the type which that one hears.</summary>
internal sealed class HearLetterAgain(Subscriptions subscriptions, IServiceProvider services, TimeProvider time)
{
    /// <param name="letter">Not closed yet, as it was read.</param>
    /// <param name="db">Where the letter is kept.</param>
    /// <param name="by">The subject of whoever wants it.</param>
    /// <param name="stop">Nobody waits any more.</param>
    /// <returns>How it ended; set aside by somebody else meanwhile, it was not handled. Or why it could not be handled, which is its reason from now on.</returns>
    public async Task<(string? Outcome, string? Reason)> Hear(DeadLetter letter, ServiceDb db, string by, CancellationToken stop)
    {
        try
        {
            var subscription = subscriptions.All.FirstOrDefault(s => s.Consumer == letter.Consumer) ?? throw new InvalidOperationException("Nothing here is to hear it any more.");
            var body = letter.AsItCame ? Envelope.MessageIn(letter.Body) : letter.Body;
            // Another type may have the same members, and would be taken for the one that is heard here.
            if (letter.AsItCame && !Envelope.TypesIn(letter.Body).Contains(MessageUrn.ForTypeString(subscription.EventType), StringComparer.OrdinalIgnoreCase))
                throw Envelope.NobodyHears(letter.Body);
            await subscription.HearAgain(services, letter.Id, body, by, stop);
            return (await db.DeadLetters.Where(d => d.Id == letter.Id).Select(d => d.Outcome).SingleAsync(stop), null);
        }
        catch (Exception problem) when (problem is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            // Whatever its reason is, it is what whoever looks after it has to know: nothing has changed but the day and the reason.
            var (reason, now) = (DeadLetter.ReasonOf(problem), time.GetUtcNow().UtcDateTime);
            await db.DeadLetters.Where(d => d.Id == letter.Id && d.ClosedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.Reason, reason).SetProperty(d => d.FailedAt, now), stop);
            return (null, reason);
        }
    }
}
