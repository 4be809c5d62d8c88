using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Schemes;
using Recruitment.Contracts.Accreditation;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>What leaves this service about an application: the whole public state, and the grades of the audit it rests on. No text, no person, nothing before a grant.</summary>
internal static class PublicState
{
    /// <summary>What a recruiter's own programs are told over its webhooks.</summary>
    public const string StatusChanged = "accreditation.status_changed";

    /// <summary>The recruiter alone, of every outcome: ids and the state. Its programs ask for the rest, as the recruiter.</summary>
    public static Task TellRecruiter(this AccreditationDb db, Application application, CancellationToken stop) =>
        db.Announce(application.RecruiterPartyId, StatusChanged, new { applicationId = application.Id, status = application.State.Code() }, stop);

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
