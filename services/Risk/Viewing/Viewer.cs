using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Risk.Sites;

namespace Recruitment.Risk.Viewing;

/// <summary>Which sites a caller may see: a brand those of its open supply relations, a supplier its own, anybody else none.</summary>
internal sealed class Viewer(RiskDb db, Caller caller)
{
    public bool IsBrand => caller.Is(Roles.BrandAnalyst) && caller.Kind == PartyKinds.Brand;

    public Guid PartyId => caller.Party;

    public IQueryable<Site> Sites()
    {
        var party = caller.Party;
        var active = db.Sites.AsNoTracking().Where(s => s.Status == "active");
        if (IsBrand)
        {
            var suppliers = db.Relations.Where(r => r.BrandPartyId == party && r.IsOpen).Select(r => r.SupplierPartyId);
            return active.Where(s => suppliers.Contains(s.PartyId));
        }
        return caller.Is(Roles.SupplierUser) && caller.Kind == PartyKinds.Supplier ? active.Where(s => s.PartyId == party) : active.Where(_ => false);
    }

    public Task<Site?> Site(Guid id, CancellationToken stop) => Sites().FirstOrDefaultAsync(s => s.Id == id, stop);
}
