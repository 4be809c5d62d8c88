using Recruitment.Contracts.Suppliers;
using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Cases;

/// <summary>
/// The accused may get other owners, and its group other members: readers bound to a new one lose the case at once, however often and late it is heard.
/// </summary>
/// <remarks>
/// An owner brings somebody new to a case only when one of the two is among its hashes and the other is not. That is known here, so a name that
/// changes, or everything sent again, asks Suppliers nothing; it is asked inside the inbox's transaction (docs/adr/0010).
/// </remarks>
internal sealed class RecheckConflictsWhenPartyChanged(GrievancesDb db, ErasureKeys erasure, SuppliersClient suppliers, KeyedHashes hashes) : IConsumes<PartyChanged>
{
    public async Task Consume(PartyChanged happened, CancellationToken stop)
    {
        if (happened.OwnerPartyId is not { } ownerId) return;

        var (party, owner) = (hashes.OfParty(happened.PartyId), hashes.OfParty(ownerId));
        var about = await db.Grievances.Include(g => g.Keys)
            .Where(g => (g.AccusedHashes.Contains(party) && !g.AccusedHashes.Contains(owner)) || (g.AccusedHashes.Contains(owner) && !g.AccusedHashes.Contains(party)))
            .ToListAsync(stop);
        if (about.Count == 0 || await suppliers.GroupOf(happened.PartyId, stop) is not { } members) return;

        var group = members.Select(hashes.OfParty).ToHashSet();
        var readers = await db.Readers.ToListAsync(stop);
        // Heard late, the two may have parted again: then the party's group is nobody of this case.
        foreach (var grievance in about.Where(g => g.AccusedHashes.Any(group.Contains)))
        {
            if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) continue;
            db.AddRange(grievance.Widen(group, readers, wrapping));
        }
    }
}
