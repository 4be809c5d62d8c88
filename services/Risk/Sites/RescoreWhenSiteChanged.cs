using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>A site counts with its country, sector and size as last published, once, in whatever order messages arrive.</summary>
internal sealed class RescoreWhenSiteChanged(RiskDb db, Rescore rescore) : IConsumes<SiteChanged>
{
    public async Task Consume(SiteChanged happened, CancellationToken stop)
    {
        OnlyKnown.Status(happened.Status, "active", "ended");
        var site = await db.Sites.FindAsync([happened.SiteId], stop);
        if (site is null) db.Sites.Add(site = new Site { Id = happened.SiteId });
        site.PartyId = happened.PartyId;
        site.Name = happened.Name;
        site.Country = happened.Country;
        site.Province = happened.Province;
        site.Sector = happened.Sector;
        site.Status = happened.Status;
        site.EndedOn = happened.EndedOn;
        site.WorkersTotal = happened.WorkersTotal;
        site.MigrantWorkers = happened.MigrantWorkers;
        await rescore.Sites([site.Id], "site", stop);
    }
}
