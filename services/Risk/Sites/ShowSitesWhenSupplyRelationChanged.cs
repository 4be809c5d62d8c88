using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>A brand sees the sites of those it buys from while the relation is open, and what they say of themselves while they share. No score depends on it.</summary>
internal sealed class ShowSitesWhenSupplyRelationChanged(RiskDb db) : IConsumesMany<SupplyRelationChanged>
{
    public async Task Consume(IReadOnlyList<SupplyRelationChanged> happened, CancellationToken stop)
    {
        var ids = happened.Select(h => h.RelationId).ToList();
        var known = await db.Relations.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, stop);
        foreach (var told in happened)
        {
            OnlyKnown.Status(told.Status, "open", "ended");
            if (!known.TryGetValue(told.RelationId, out var relation)) db.Relations.Add(relation = new SupplyRelation { Id = told.RelationId });
            relation.BrandPartyId = told.BrandPartyId;
            relation.SupplierPartyId = told.SupplierPartyId;
            relation.IsOpen = told.Status == "open";
            relation.SharedOn = told.SharedOn;
            relation.SupplierName = told.SupplierName;
        }
    }
}
