using Microsoft.EntityFrameworkCore;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers.Imports;

/// <summary>What a brand has from one list alone, and how it goes again. What another list of the brand says, what other brands list and what suppliers said of themselves stays.</summary>
internal sealed class TakenBackRows(SuppliersDb db, SupplierImport import)
{
    /// <summary>False when a list of the brand was read before it was recorded which row names which site: then nobody knows what only this one named.</summary>
    public async Task<bool> CanTell(CancellationToken stop)
    {
        var brand = import.BrandId;
        return !await db.ImportRows.AnyAsync(r => r.Accepted && r.SiteId == null && db.Imports.Any(i => i.Id == r.ImportId && i.BrandId == brand), stop);
    }

    /// <summary>Sites that no other list of the brand names.</summary>
    public IQueryable<SiteListing> OnlyHere()
    {
        var (id, brand) = (import.Id, import.BrandId);
        return db.Listings.Where(l => l.BrandId == brand && db.ImportRows.Any(r => r.SiteId == l.SiteId && r.ImportId == id)
            && !db.ImportRows.Any(r => r.SiteId == l.SiteId && r.ImportId != id && db.Imports.Any(i => i.Id == r.ImportId && i.BrandId == brand
                && i.Status != SupplierImport.TakingBack && i.Status != SupplierImport.TakenBack && i.Status != SupplierImport.Failed)));
    }

    /// <summary>Takes so many rows back. False when there are no more.</summary>
    public async Task<bool> Next(int rows, DateTime now, DateTime leaseUntil, CancellationToken stop)
    {
        var (id, brand, after) = (import.Id, import.BrandId, import.TakenBackTo);
        // Of a list that broke off nobody asked it before; better that all of it stays than that something of another list's goes.
        if (after == 0 && !await CanTell(stop)) return false;
        var page = await db.ImportRows.AsNoTracking().Where(r => r.ImportId == id && r.Accepted && r.Number > after).OrderBy(r => r.Number).Take(rows)
            .Select(r => new { r.Number, r.SiteId }).ToListAsync(stop);
        if (page.Count == 0) return false;

        var sites = page.Select(r => r.SiteId!.Value).ToList();
        var listings = await OnlyHere().Where(l => sites.Contains(l.SiteId)).ToListAsync(stop);
        foreach (var listing in listings)
        {
            listing.Withdraw(now);
            db.Publish(listing.State(db.Epoch));
        }
        import.TakeBackTo(page[^1].Number, leaseUntil);
        await db.SaveChangesAsync(stop);

        var suppliers = listings.Select(l => l.SupplierId).Distinct().ToList();
        var ended = await db.Relations.Where(r => r.BrandId == brand && r.Status == "open" && suppliers.Contains(r.SupplierId)
            && !db.Listings.Any(l => l.BrandId == brand && l.SupplierId == r.SupplierId)).ToListAsync(stop);
        foreach (var relation in ended)
        {
            relation.End(now);
            db.Publish(relation.State(db.Epoch));
        }
        await db.SaveChangesAsync(stop);
        return true;
    }
}
