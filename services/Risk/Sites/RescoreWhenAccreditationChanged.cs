using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Accreditation;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>A recruiter's public status counts at every site that declared it, once, in whatever order messages arrive.</summary>
internal sealed class RescoreWhenAccreditationChanged(RiskDb db, Rescore rescore) : IConsumes<AccreditationChanged>
{
    public async Task Consume(AccreditationChanged happened, CancellationToken stop)
    {
        OnlyKnown.Status(happened.Status, "granted", "suspended", "withdrawn", "expired");
        await db.TakeTurns([happened.RecruiterPartyId], stop);
        var accreditation = await db.Accreditations.FindAsync([happened.AccreditationId], stop);
        if (accreditation is null) db.Accreditations.Add(accreditation = new Accreditation { Id = happened.AccreditationId });
        accreditation.RecruiterPartyId = happened.RecruiterPartyId;
        accreditation.RecruiterName = happened.RecruiterName;
        accreditation.SchemeCode = happened.SchemeCode;
        accreditation.Status = happened.Status;
        accreditation.DecidedOn = happened.DecidedOn;
        accreditation.ValidFrom = happened.ValidFrom;
        accreditation.ValidTo = happened.ValidTo;
        var sites = await db.Links.Where(l => l.RecruiterPartyId == happened.RecruiterPartyId).Select(l => l.SiteId).Distinct().ToListAsync(stop);
        await rescore.Sites(sites, "accreditation", stop);
    }
}
