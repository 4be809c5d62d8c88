using Microsoft.Extensions.Options;
using Recruitment.Grievances.Alerts;
using Recruitment.Grievances.Cases;
using Recruitment.Grievances.Erasure;
using Recruitment.Grievances.Signals;

namespace Recruitment.Grievances.Intake;

/// <summary>Makes the case of a receipt: sealed to the intake team, once however often it arrives, with an alert when it cannot wait.</summary>
/// <remarks>Another report of the same form under the same receipt is refused: taken for the same, it would be lost though she reads that it was sent.</remarks>
internal sealed class FileOnce(GrievancesDb db, ErasureKeys erasure, KeyedHashes hashes, FormPass pass, BusinessClock clock, IOptions<GrievancesOptions> options)
{
    /// <summary>The day to come back when something stands under the receipt; null when nothing does. Throws when the same form sent another report under it.</summary>
    /// <remarks>
    /// To anybody but the form that filed it the answer is one and the same, whatever is told and whatever became of the case: who has only the code must not find out what she
    /// told by trying, nor that she locked it.
    /// </remarks>
    public async Task<DateOnly?> ReturnOf(ReceiptKey key, string language, Told told, CancellationToken stop)
    {
        var filed = await db.Grievances.AsNoTracking().Include(g => g.Messages).Include(g => g.Keys).AsSplitQuery().SingleOrDefaultAsync(g => g.LookupId == key.LookupId, stop);
        if (filed is null) return null;

        var before = await erasure.Find(filed.ErasureKeyId, stop) is { } wrapping ? new Mailbox(filed, wrapping, key).Told() : null;
        if (told.FormId is null || before?.FormId != told.FormId) return options.Value.WorkingDay(clock.Today.AddDays(options.Value.DaysOrdinary));
        if (filed.Language == language && before.SaysTheSameAs(told)) return filed.WorkerReturns(clock.Today, options.Value);
        throw new BrokenRuleException("receipt-used", "Another report arrived under this receipt. Ask for a new one at /receipts and send this as a report of its own.");
    }

    /// <summary>Makes the case. Answers with the day to come back.</summary>
    public async Task<DateOnly> File(ReceiptKey key, string language, Told told, string? begun, CancellationToken stop)
    {
        var wrapping = await erasure.Make(stop);
        var tokenHash = hashes.OfTokenInCase(told.ContributionToken ?? ContributionToken.New(options.Value.SmallestGroup));
        var readers = await db.Readers.Where(r => r.Intake && !r.HasLeft).ToListAsync(stop);
        var filed = Grievance.File(new(key.LookupId, key.PublicKey, language, tokenHash, await IsParked(begun, stop)), told, readers, wrapping, clock.Today, options.Value);
        db.Add(filed);
        // A flood must not fill the inboxes of those on duty; whoever wrote it stands in their list all the same.
        if (filed is { IsUrgent: true, Parked: false }) await db.AlertReadersOf(filed, stop);
        try
        {
            await db.SaveChangesAsync(stop);
            return filed.WorkerReturns(clock.Today, options.Value);
        }
        catch (DbUpdateException)
        {
            // Two at once with the same receipt: the unique index let one in, and that is the case.
            db.ChangeTracker.Clear();
            await erasure.Discard(wrapping.Id, stop);
            if (await ReturnOf(key, language, told, stop) is { } first) return first;
            throw;
        }
    }

    private async Task<bool> IsParked(string? begun, CancellationToken stop)
    {
        if (!pass.IsPlausible(begun)) return true;

        var today = clock.Today;
        return await db.Grievances.CountAsync(g => g.FiledOn == today && !g.Parked, stop) >= options.Value.CasesADay;
    }
}
