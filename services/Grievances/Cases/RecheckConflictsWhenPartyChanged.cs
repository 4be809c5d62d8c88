using Recruitment.Contracts.Suppliers;
using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Cases;

/// <summary>Who owns the accused may change: readers bound to a new owner lose the case at once, however often and late it is heard.</summary>
internal sealed class RecheckConflictsWhenPartyChanged(GrievancesDb db, ErasureKeys erasure, SuppliersClient suppliers, KeyedHashes hashes) : IConsumes<PartyChanged>
{
    public async Task Consume(PartyChanged happened, CancellationToken stop)
    {
        var hash = hashes.OfParty(happened.PartyId);
        var about = await db.Grievances.Include(g => g.Keys).Where(g => g.AccusedHashes.Contains(hash)).ToListAsync(stop);
        if (about.Count == 0 || await suppliers.GroupOf(happened.PartyId, stop) is not { } group) return;

        var readers = await db.Readers.ToListAsync(stop);
        foreach (var grievance in about)
        {
            if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) continue;
            db.AddRange(grievance.Widen(group.Select(hashes.OfParty), readers, wrapping));
        }
    }
}
