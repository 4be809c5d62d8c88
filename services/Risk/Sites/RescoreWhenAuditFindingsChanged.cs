using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Accreditation;
using Recruitment.Platform;

namespace Recruitment.Risk.Sites;

/// <summary>A recruiter's audit findings count at every site that declared it, as they now stand, once, in whatever order messages arrive.</summary>
internal sealed class RescoreWhenAuditFindingsChanged(RiskDb db, Rescore rescore) : IConsumes<AuditFindingsChanged>
{
    public async Task Consume(AuditFindingsChanged happened, CancellationToken stop)
    {
        await db.TakeTurns([happened.RecruiterPartyId], stop);
        var audit = await db.Audits.FindAsync([happened.AuditId], stop);
        if (audit is null) db.Audits.Add(audit = new Audit { Id = happened.AuditId });
        audit.RecruiterPartyId = happened.RecruiterPartyId;
        audit.AuditedOn = happened.AuditedOn;
        audit.Findings = JsonSerializer.Serialize(happened.Findings);
        var sites = await db.Links.Where(l => l.RecruiterPartyId == happened.RecruiterPartyId).Select(l => l.SiteId).Distinct().ToListAsync(stop);
        await rescore.Sites(sites, "audit_findings", stop);
    }
}
