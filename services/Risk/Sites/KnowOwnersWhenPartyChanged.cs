using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>Names and owners stay as Suppliers last said, however often and in whatever order it is heard. No score depends on them.</summary>
internal sealed class KnowOwnersWhenPartyChanged(RiskDb db) : IConsumes<PartyChanged>
{
    public async Task Consume(PartyChanged happened, CancellationToken stop)
    {
        OnlyKnown.Status(happened.Status, "active", "ended");
        var party = await db.Parties.FindAsync([happened.PartyId], stop);
        if (party is null) db.Parties.Add(party = new Party { Id = happened.PartyId });
        party.Kind = happened.Kind;
        party.Name = happened.Name;
        party.Country = happened.Country;
        party.Status = happened.Status;
        var owner = await db.Owners.FindAsync([happened.PartyId], stop);
        if (owner is null) db.Owners.Add(owner = new Owner { Id = happened.PartyId });
        owner.OwnerPartyId = happened.OwnerPartyId;
    }
}
