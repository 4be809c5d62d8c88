using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Schemes;
using Recruitment.Contracts.Accreditation;

namespace Recruitment.Accreditation.Applications;

/// <summary>What leaves this service about an application: the whole public state, and the grades of the audit it rests on. No text, no person, nothing before a grant.</summary>
internal static class PublicState
{
    public static async Task PublishStatus(this AccreditationDb db, Application application, CancellationToken stop)
    {
        if (!application.State.IsPublic()) return;
        var recruiter = await db.Parties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == application.RecruiterPartyId, stop);

        db.Publish(new AccreditationChanged
        {
            AccreditationId = application.Id, Epoch = db.Epoch, Sequence = application.Version, RecruiterPartyId = application.RecruiterPartyId,
            RecruiterName = recruiter?.Name ?? "", Country = recruiter?.Country ?? "", SchemeCode = application.SchemeCode, SchemeVersion = application.SchemeVersion,
            Status = application.State.Code(), StatusReason = application.StatusReason, Corridors = application.Corridors,
            DecidedOn = application.DecidedOn, ValidFrom = application.ValidFrom, ValidTo = application.ValidTo,
            History = [.. application.History.OrderBy(t => t.Number).Where(t => t.To.IsPublic())
                .Select(t => new AccreditationStatus { Status = t.To.Code(), On = DateOnly.FromDateTime(t.At), Reason = t.Reason })],
        });
    }

    /// <summary>Not before a grant: the findings of an audit that is sent back, or of a recruiter who is refused, never left and need no withdrawal.</summary>
    public static void PublishFindings(this AccreditationDb db, Application application, Scheme scheme)
    {
        if (!application.State.IsPublic() || application.AuditedOn is not { } auditedOn) return;
        db.Publish(new AuditFindingsChanged
        {
            AuditId = application.AuditId, Epoch = db.Epoch, Sequence = application.Version, RecruiterPartyId = application.RecruiterPartyId, AuditedOn = auditedOn,
            Findings = [.. application.Findings.OrderBy(f => f.Criterion, StringComparer.Ordinal)
                .Select(f => new AuditFinding { Criterion = f.Criterion, Topic = scheme.FindCriterion(f.Criterion)!.Topic, Grade = f.Grade, Status = f.Status })],
        });
    }
}
