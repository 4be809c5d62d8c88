using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Parties;

/// <summary>Recruiters and audit bodies carry the name that Suppliers knows; the newest state counts.</summary>
internal sealed class NamePartyWhenPartyChanged(AccreditationDb db) : IConsumes<PartyChanged>
{
    public async Task Consume(PartyChanged happened, CancellationToken stop)
    {
        OnlyKnown.Status(happened.Status, "active", "ended");
        var party = await db.Parties.FindAsync([happened.PartyId], stop);
        if (party is null) db.Parties.Add(party = new KnownParty { Id = happened.PartyId });
        (party.Kind, party.Name, party.Country, party.Status, party.OwnerPartyId) =
            (happened.Kind, happened.Name, happened.Country, happened.Status, happened.OwnerPartyId);
    }
}
