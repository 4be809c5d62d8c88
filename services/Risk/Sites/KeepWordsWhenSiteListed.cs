using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>What one brand's list says of a site is kept for that brand until it takes the list back. No stored score depends on it: it is scored when that brand reads.</summary>
internal sealed class KeepWordsWhenSiteListed(RiskDb db) : IConsumesMany<SiteListed>
{
    public async Task Consume(IReadOnlyList<SiteListed> happened, CancellationToken stop)
    {
        var ids = happened.Select(h => h.ListingId).ToList();
        var known = await db.Listings.Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, stop);
        foreach (var told in happened)
        {
            OnlyKnown.Status(told.Status, "listed", "withdrawn");
            var isKnown = known.TryGetValue(told.ListingId, out var listing);
            if (told.Status == "withdrawn")
            {
                if (isKnown) db.Listings.Remove(listing!);
                continue;
            }
            if (!isKnown) db.Listings.Add(listing = new SiteListing { Id = told.ListingId });
            listing!.BrandPartyId = told.BrandPartyId;
            listing.SupplierPartyId = told.SupplierPartyId;
            listing.SiteId = told.SiteId;
            listing.Name = told.Name;
            listing.Country = told.Country;
            listing.Sector = told.Sector;
            listing.Workers = told.Workers;
        }
    }
}
