using System.Security.Cryptography;
using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Readers;

/// <summary>Compares the readers with those who are case handlers now. Whoever is not any more counts nowhere, and her keys go where another reader has them.</summary>
/// <remarks>Only that a reader has left is kept of the answer. Where Identity does not answer, the last answer holds.</remarks>
internal sealed class ReaderRoll(GrievancesDb db, IdentityClient identity, ErasureKeys erasure)
{
    public async Task Call(CancellationToken stop)
    {
        var readers = await db.Readers.ToListAsync(stop);
        if (readers.Count == 0) return;

        var present = await identity.StillHandlers([.. readers.Select(r => r.Subject)], stop);
        // Those who came back too: what was left with readers in conflict, for want of anybody else, goes now.
        var concerned = readers.Where(r => r.HasLeft || !present.Contains(r.Subject)).Select(r => (Guid?)r.Id).ToList();
        if (concerned.Count == 0) return;

        foreach (var reader in readers) reader.Confirm(present.Contains(reader.Subject));
        await db.SaveChangesAsync(stop);
        var failed = new List<Exception>();
        foreach (var id in await db.CaseKeys.Where(k => concerned.Contains(k.ReaderId)).Select(k => k.GrievanceId).Distinct().ToListAsync(stop))
        {
            try
            {
                await Drop(id, readers, stop);
            }
            catch (CryptographicException problem)
            {
                failed.Add(problem);
            }
        }
        // Said after the last case, so that one to which no new key can be given keeps no other from getting its own.
        if (failed.Count > 0) throw failed[0];
    }

    /// <summary>One case, one transaction: a case that somebody changes at this moment is looked at again at the next call, and holds up no other.</summary>
    private async Task Drop(Guid id, List<Reader> readers, CancellationToken stop)
    {
        db.ChangeTracker.Clear();
        if (await db.Grievances.Include(g => g.Keys).AsSplitQuery().SingleOrDefaultAsync(g => g.Id == id, stop) is not { } grievance) return;
        if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) return;

        db.AddRange(grievance.DropWhoLeft(readers, wrapping));
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
        }
    }
}

/// <summary>Calls the roll often enough that with the life of a token an ended membership has ended everything within a minute.</summary>
/// <remarks>By the clock and not when a worker comes: the questions must not say when one did.</remarks>
internal sealed class CallTheRoll(ReaderRoll roll, TimeProvider time) : IDueWork, IActsFirst
{
    public const string Kind = "call-the-roll";
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    public Task Act(string subject, CancellationToken stop) => roll.Call(stop);

    public Task<DateTime?> Do(string subject, CancellationToken stop) => Task.FromResult<DateTime?>(time.GetUtcNow().UtcDateTime + Pause);
}
