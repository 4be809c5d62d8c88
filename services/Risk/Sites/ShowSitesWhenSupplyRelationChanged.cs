using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>A brand sees the sites of those it buys from while the relation is open, and what they say of themselves while they share. No score depends on it.</summary>
internal sealed class ShowSitesWhenSupplyRelationChanged(RiskDb db) : IConsumes<SupplyRelationChanged>
{
    public async Task Consume(SupplyRelationChanged happened, CancellationToken stop)
    {
        OnlyKnown.Status(happened.Status, "open", "ended");
        var relation = await db.Relations.FindAsync([happened.RelationId], stop);
        if (relation is null) db.Relations.Add(relation = new SupplyRelation { Id = happened.RelationId });
        relation.BrandPartyId = happened.BrandPartyId;
        relation.SupplierPartyId = happened.SupplierPartyId;
        relation.IsOpen = happened.Status == "open";
        relation.SharedOn = happened.SharedOn;
        relation.SupplierName = happened.SupplierName;
    }
}
