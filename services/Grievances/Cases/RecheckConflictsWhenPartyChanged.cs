using Recruitment.Contracts.Suppliers;
using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Cases;

/// <summary>
/// The accused may get other owners, and its group other members: readers bound to a new one lose the case at once, however often and late it is heard.
/// </summary>
/// <remarks>
/// Suppliers is asked about every organisation that has an owner, whether or not a case is about it: asked only then, it would tell by the question, and
/// while it is away the log by the message that waits, whom a case is about. It is asked before the inbox's transaction: no worker's filing waits for its answer.
/// </remarks>
internal sealed class RecheckConflictsWhenPartyChanged(GrievancesDb db, ErasureKeys erasure, SuppliersClient suppliers, KeyedHashes hashes)
    : IConsumes<PartyChanged>, IAsksFirst<PartyChanged>
{
    private readonly Dictionary<Guid, IReadOnlySet<Guid>?> groups = [];

    public async Task Ask(PartyChanged happened, CancellationToken stop)
    {
        if (happened.OwnerPartyId is not null) groups[happened.PartyId] = await suppliers.GroupOf(happened.PartyId, stop);
    }

    public async Task Consume(PartyChanged happened, CancellationToken stop)
    {
        var about = await About(happened).Include(g => g.Keys).AsSplitQuery().ToListAsync(stop);
        if (about.Count == 0 || groups[happened.PartyId] is not { } members) return;

        var group = members.Select(hashes.OfParty).ToHashSet();
        var readers = await db.Readers.ToListAsync(stop);
        // Heard late, the two may have parted again: then the party's group is nobody of this case.
        foreach (var grievance in about.Where(g => g.AccusedHashes.Any(group.Contains)))
        {
            if (await erasure.Find(grievance.ErasureKeyId, stop) is not { } wrapping) continue;
            db.AddRange(grievance.Widen(group, readers, wrapping));
        }
    }

    /// <summary>Cases to which the new owner brings somebody who is not among their hashes: one of the two is, and the other is not.</summary>
    private IQueryable<Grievance> About(PartyChanged happened)
    {
        if (happened.OwnerPartyId is not { } ownerId) return db.Grievances.Where(g => false);

        var (party, owner) = (hashes.OfParty(happened.PartyId), hashes.OfParty(ownerId));
        var ofOneAlone = db.Accused.Where(a => a.Hash == party || a.Hash == owner).GroupBy(a => a.GrievanceId).Where(named => named.Count() == 1).Select(named => named.Key);
        return db.Grievances.Where(g => ofOneAlone.Contains(g.Id));
    }
}
