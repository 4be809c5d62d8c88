using Microsoft.Extensions.Options;
using Recruitment.Grievances.Alerts;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Signals;

namespace Recruitment.Grievances.Intake;

/// <summary>Makes the case of a receipt: sealed to the intake team, once however often it arrives, with an alert when it cannot wait.</summary>
/// <remarks>Another report under a receipt that was used is refused: taken for the same, it would be lost though she reads that it was sent.</remarks>
internal sealed class FileOnce(GrievancesDb db, ErasureKeys erasure, KeyedHashes hashes, FormPass pass, BusinessClock clock, IOptions<GrievancesOptions> options)
{
    /// <summary>The day to come back when this form has filed it under the receipt; null when it has filed nothing there. Throws when what it filed tells something else.</summary>
    /// <remarks>Asked before anything that depends on the receipt alone: a form finds its own case when intake is closed too, and when she has locked the code.</remarks>
    public async Task<DateOnly?> ReturnOf(ReceiptKey key, string language, Told told, CancellationToken stop)
    {
        var aside = key.LookupIdOf(told.FormId!.Value);
        var standing = await db.Grievances.AsNoTracking().Include(g => g.Messages).Include(g => g.Keys).AsSplitQuery()
            .Where(g => g.LookupId == key.LookupId || g.LookupId == aside).ToListAsync(stop);
        foreach (var filed in standing)
        {
            if (await erasure.Find(filed.ErasureKeyId, stop) is not { } wrapping) continue;
            var before = new Mailbox(filed, wrapping, key).Told();
            if (before.FormId != told.FormId) continue;
            return filed.Language == language && before.SaysTheSameAs(told) ? filed.WorkerReturns(options.Value.TodayOf(clock), options.Value) : throw Used();
        }
        return null;
    }

    /// <summary>Makes the case. Answers with the day to come back; null when nobody is there any more to read it. Throws when the receipt was used.</summary>
    public async Task<DateOnly?> File(ReceiptKey key, string language, Told told, string? begun, CancellationToken stop)
    {
        // Asked once more: the same report, sent with two taps, may have arrived since.
        if (await IsUsed(key, told, stop)) return await ReturnOf(key, language, told, stop) ?? throw Used();
        var readers = await db.Readers.Where(r => r.Intake && !r.HasLeft).ToListAsync(stop);
        // The last of them left since intake was found to be open: sealed to none, it could never be read.
        if (readers.Count == 0) return null;

        var wrapping = await erasure.Make(stop);
        var tokenHash = hashes.OfTokenInCase(told.ContributionToken ?? ContributionToken.New(options.Value.SmallestGroup));
        var filed = Grievance.File(new(key.LookupId, key.PublicKey, language, tokenHash, await IsParked(begun, stop)), told, readers, wrapping, options.Value.TodayOf(clock), options.Value);
        db.Add(filed);
        if (filed.IsUrgent && (!filed.Parked || await IsFirstInFlood(filed.FiledOn, stop))) await db.AlertReadersOf(filed, stop);
        try
        {
            await db.SaveChangesAsync(stop);
            return filed.WorkerReturns(options.Value.TodayOf(clock), options.Value);
        }
        catch (DbUpdateException)
        {
            // Two at once with the same receipt: the unique index let one in, and that is the case.
            db.ChangeTracker.Clear();
            await erasure.Discard(wrapping.Id, stop);
            if (await ReturnOf(key, language, told, stop) is { } first) return first;
            if (await IsUsed(key, told, stop)) throw Used();
            throw;
        }
    }

    /// <summary>
    /// By another form, of which whoever has the code learns no more than by opening the mailbox; or by this very form, and then deleted: a page that is loaded
    /// again must not bring back what she was told is gone.
    /// </summary>
    private async Task<bool> IsUsed(ReceiptKey key, Told told, CancellationToken stop)
    {
        var aside = key.LookupIdOf(told.FormId!.Value);
        return await db.DeletedForms.AnyAsync(d => d.LookupId == aside, stop) || await db.Grievances.AnyAsync(g => g.LookupId == key.LookupId, stop);
    }

    /// <summary>A flood must not fill the inboxes of those on duty, nor hide somebody in danger from them: its first urgent case of a day brings one mail, and no other does.</summary>
    private async Task<bool> IsFirstInFlood(DateOnly day, CancellationToken stop) =>
        !await db.Grievances.AnyAsync(g => g.FiledOn == day && g.Parked && g.Severity != Grievance.Ordinary, stop);

    private static BrokenRuleException Used() =>
        new("receipt-used", "Another report arrived under this receipt. Ask for a new one at /receipts and send this as a report of its own.");

    private async Task<bool> IsParked(string? begun, CancellationToken stop)
    {
        if (!pass.IsPlausible(begun)) return true;

        var today = options.Value.TodayOf(clock);
        return await db.Grievances.CountAsync(g => g.FiledOn == today && !g.Parked, stop) >= options.Value.CasesADay;
    }
}
