using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>A declared recruiter counts once towards the site's exposure, however often and in whatever order messages arrive.</summary>
internal sealed class RescoreWhenRecruiterDeclared(RiskDb db, Rescore rescore) : IConsumes<RecruiterDeclared>
{
    public async Task Consume(RecruiterDeclared happened, CancellationToken stop)
    {
        await db.TakeTurns([happened.RecruiterPartyId], stop);
        var link = await db.Links.FindAsync([happened.LinkId], stop);
        var before = link?.SiteId;
        if (link is null) db.Links.Add(link = new RecruiterLink { Id = happened.LinkId });
        link.SiteId = happened.SiteId;
        link.RecruiterPartyId = happened.RecruiterPartyId;
        link.OriginCountry = happened.OriginCountry;
        link.From = happened.From;
        link.To = happened.To;
        await rescore.Sites([happened.SiteId, before ?? happened.SiteId], "recruiter_declared", stop);
    }
}
