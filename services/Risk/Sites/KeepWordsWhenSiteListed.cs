using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>What one brand's list says of a site is kept for that brand until it takes the list back. No stored score depends on it: it is scored when that brand reads.</summary>
internal sealed class KeepWordsWhenSiteListed(RiskDb db) : IConsumes<SiteListed>
{
    public async Task Consume(SiteListed happened, CancellationToken stop)
    {
        OnlyKnown.Status(happened.Status, "listed", "withdrawn");
        var listing = await db.Listings.FindAsync([happened.ListingId], stop);
        if (happened.Status == "withdrawn")
        {
            if (listing is not null) db.Listings.Remove(listing);
            return;
        }
        if (listing is null) db.Listings.Add(listing = new SiteListing { Id = happened.ListingId });
        listing.BrandPartyId = happened.BrandPartyId;
        listing.SupplierPartyId = happened.SupplierPartyId;
        listing.SiteId = happened.SiteId;
        listing.Name = happened.Name;
        listing.Country = happened.Country;
        listing.Sector = happened.Sector;
        listing.Workers = happened.Workers;
    }
}
