using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Parties;

/// <summary>Recruiters and audit bodies carry the name that Suppliers knows; the newest state counts.</summary>
internal sealed class NamePartyWhenPartyChanged(AccreditationDb db) : IConsumesMany<PartyChanged>
{
    public async Task Consume(IReadOnlyList<PartyChanged> happened, CancellationToken stop)
    {
        var ids = happened.Select(h => h.PartyId).ToList();
        var known = await db.Parties.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, stop);
        foreach (var told in happened)
        {
            OnlyKnown.Status(told.Status, "active", "ended");
            if (!known.TryGetValue(told.PartyId, out var party)) db.Parties.Add(party = new KnownParty { Id = told.PartyId });
            (party.Kind, party.Name, party.Country, party.Status, party.OwnerPartyId) = (told.Kind, told.Name, told.Country, told.Status, told.OwnerPartyId);
        }
    }
}
