using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>Names and owners stay as Suppliers last said, however often and in whatever order it is heard. No score depends on them.</summary>
internal sealed class KnowOwnersWhenPartyChanged(RiskDb db) : IConsumesMany<PartyChanged>
{
    public async Task Consume(IReadOnlyList<PartyChanged> happened, CancellationToken stop)
    {
        var ids = happened.Select(h => h.PartyId).ToList();
        var parties = await db.Parties.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        var owners = await db.Owners.Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, stop);
        foreach (var told in happened)
        {
            OnlyKnown.Status(told.Status, "active", "ended");
            if (!parties.TryGetValue(told.PartyId, out var party)) db.Parties.Add(party = new Party { Id = told.PartyId });
            party.Kind = told.Kind;
            party.Name = told.Name;
            party.Country = told.Country;
            party.Status = told.Status;
            if (!owners.TryGetValue(told.PartyId, out var owner)) db.Owners.Add(owner = new Owner { Id = told.PartyId });
            owner.OwnerPartyId = told.OwnerPartyId;
        }
    }
}
