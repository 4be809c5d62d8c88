using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Alerts;

namespace Recruitment.Grievances.Intake;

/// <summary>A form that was sent before comes again: by a lost answer with the same words, from an old page of the same form perhaps with others.</summary>
internal sealed class SentAgain(Mailboxes mailboxes, KeyedHashes hashes, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options)
{
    /// <summary>Keeps the words as one more message, once, unless they are those that stand there. A mailbox that is locked or gone takes nothing.</summary>
    public async Task Write(string receipt, string text, CancellationToken stop)
    {
        if (text.Length == 0) return;

        await mailboxes.With(receipt, async box =>
        {
            var found = box.Case;
            if (box.Told().Text == text) return TypedResults.NoContent();

            // The same words are the same message, however often the form comes.
            var id = hashes.OfMessage(found.Id, new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)));
            var before = found.Messages.Count;
            found.WriteAgain(id, text, clock.Today, options.Value);
            db.AddRange(found.Messages.Skip(before));
            if (found.Messages.Count > before && found is { IsUrgent: true, Parked: false }) await db.AlertReadersOf(found, stop);
            await db.SaveChangesAsync(stop);
            return TypedResults.NoContent();
        }, stop);
    }
}
