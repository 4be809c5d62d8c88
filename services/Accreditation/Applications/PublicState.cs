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

    /// <summary>The recruiter alone, of every outcome of a review or a decision, every change of its status and its end: ids and the state. Its programs ask for the rest, as the recruiter.</summary>
    public static Task TellRecruiter(this AccreditationDb db, Application application, DateOnly today, CancellationToken stop) =>
        db.Announce(application.RecruiterPartyId, StatusChanged, new { applicationId = application.Id, status = application.PublicStatus(today) ?? application.State.Code() }, stop);

    /// <summary>The status as it is today: one whose last day is over is published as expired, with a line of history for it, whatever is published it for.</summary>
    public static async Task PublishStatus(this AccreditationDb db, Application application, TimeLimits limits, BusinessClock clock, CancellationToken stop)
    {
        if (application.PublicStatus(limits.TodayOf(clock)) is not { } status) return;
        var isOver = status != application.State.Code();
        var recruiter = await db.Parties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == application.RecruiterPartyId, stop);

        db.Publish(new AccreditationChanged
        {
            AccreditationId = application.Id, Epoch = db.Epoch, Sequence = application.Version, RecruiterPartyId = application.RecruiterPartyId,
            RecruiterName = recruiter?.Name ?? "", Country = recruiter?.Country ?? "", SchemeCode = application.SchemeCode, SchemeVersion = application.SchemeVersion,
            Status = status, StatusReason = isOver ? null : application.StatusReason, Corridors = application.Corridors,
            DecidedOn = application.DecidedOn, ValidFrom = application.ValidFrom, ValidTo = application.ValidTo,
            History =
            [
                .. application.History.OrderBy(t => t.Number).Where(t => t.To.IsPublic())
                    .Select(t => new AccreditationStatus { Status = t.To.Code(), On = limits.Calendar.DayOf(t.At), Reason = t.Reason }),
                .. (AccreditationStatus[])(isOver ? [new() { Status = status, On = application.ValidTo!.Value.AddDays(1) }] : []),
            ],
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
