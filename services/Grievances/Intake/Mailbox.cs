using System.Security.Cryptography;
using System.Text.Json;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Intake;

/// <summary>A case as its receipt opens it: in this request's memory, nowhere else.</summary>
internal sealed record Mailbox(Grievance Case, CaseWrapping Wrapping, ReceiptKey Key)
{
    /// <summary>The newest reply that can be read. One that a browser or a machine client sealed wrongly is passed over: she would never open her mailbox again.</summary>
    public (string Text, DateOnly On)? LastReply() => Case.Messages.Where(m => m.SealedForWorker is not null).OrderByDescending(m => m.Position)
        .Select(m => TextOf(m) is { } text ? (text, m.WrittenOn) : ((string, DateOnly)?)null).FirstOrDefault(read => read is not null);

    private string? TextOf(SealedMessage reply)
    {
        try
        {
            return JsonSerializer.Deserialize<Said>(Hpke.Open(Key.PrivateKey, Sealing.ReplyInfo, Sealing.Of(Case.Id), Wrapping.Unwrap(reply.SealedForWorker!)), Sealing.Json)?.Text;
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Her receipt opens her copy of the case key, and that the token. Null when she did not agree to be counted.</summary>
    public string? ContributionToken() => Told().ContributionToken;

    /// <summary>What she told when she filed.</summary>
    public Told Told() => JsonSerializer.Deserialize<Told>(Open(Case.Messages.Single(m => m.Position == 0)), Sealing.Json)!;

    /// <summary>Whether a message of hers is this very text.</summary>
    public bool Says(SealedMessage message, string text) => Open(message).AsSpan().SequenceEqual(Sealing.Pad(new Said(text)));

    private byte[] Open(SealedMessage message)
    {
        var copy = Case.Keys.Single(k => k.ReaderId is null && k.Generation == message.Generation);
        var caseKey = Hpke.Open(Key.PrivateKey, Sealing.CaseKeyInfo, Sealing.Of(Case.Id), Wrapping.Unwrap(copy.Sealed));
        return Hpke.Open(caseKey, Sealing.MessageInfo, Sealing.Of(Case.Id), message.SealedForCase);
    }
}

/// <summary>The one way from a receipt to its case, for every slice of the mailbox.</summary>
internal sealed class Mailboxes(ReceiptKeys receipts, ErasureKeys erasure, KeyedHashes hashes, GrievancesDb db)
{
    private const int Attempts = 5;

    /// <summary>Does something with the case of a receipt, or says why there is none. When a reader changes the case at the same moment it is done again.</summary>
    /// <remarks>A worker must not be told to come back because somebody answered her: she may have no second chance at a phone.</remarks>
    public async Task<Results<T, ProblemHttpResult>> With<T>(string receipt, Func<Mailbox, Task<T>> act, CancellationToken stop) where T : IResult
    {
        // The check digit says this of the typed digits alone, before anything is looked up.
        if (Receipt.Read(receipt) is not { } digits) return Problems.Bad("receipt-mistyped", "The receipt has a wrong digit. Send all 26 digits.");

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Find(receipts.Of(digits), stop) is { } box
                    ? await act(box)
                    : Problems.Of(StatusCodes.Status404NotFound, "receipt-unknown", "There is nothing under this receipt.");
            }
            // Another version than the one read, or the same place in the conversation taken: nothing was saved.
            catch (DbUpdateException) when (attempt < Attempts)
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    /// <summary>What hangs on her token counts no more, when the case is saved; <see cref="ErasureKeys.EraseWhatIsDue"/> then keeps it so. False when there is none.</summary>
    public async Task<bool> Uncount(Mailbox box, CancellationToken stop)
    {
        if (box.ContributionToken() is not { } token) return false;

        var hash = hashes.OfTokenInContribution(token);
        if (!await db.DueUncounts.AnyAsync(d => d.TokenHash == hash, stop)) db.Add(new DueUncount { TokenHash = hash });
        db.RemoveRange(await db.Contributions.Where(c => c.TokenHash == hash).ToListAsync(stop));
        return true;
    }

    /// <summary>
    /// A locked case stands where the receipt alone does not find it; one that was locked before that was so is left out by the same question. Whoever else
    /// has the code learns nothing, not even from the time it takes. A case whose erasure key is gone is deleted, whatever rows are left.
    /// </summary>
    private async Task<Mailbox?> Find(ReceiptKey key, CancellationToken stop)
    {
        var found = await db.Grievances.Include(g => g.Messages).Include(g => g.Keys).AsSplitQuery().SingleOrDefaultAsync(g => g.LookupId == key.LookupId && !g.Locked, stop);
        return found is not null && await erasure.Find(found.ErasureKeyId, stop) is { } wrapping ? new(found, wrapping, key) : null;
    }
}
