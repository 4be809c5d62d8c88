using System.Text.Json;
using Recruitment.Accreditation.Applications;

namespace Recruitment.Accreditation.Audits;

/// <summary>An audit that counts no more, because its body came to belong to the recruiter's group. Kept as it stood; nothing reads it but whoever answers for the records.</summary>
internal sealed class DroppedAudit
{
    public Guid ApplicationId { get; init; }
    public Guid AuditId { get; init; }
    public Guid? BodyPartyId { get; init; }
    public DateTime DroppedAt { get; init; }

    /// <summary>Auditor, days, summary and findings, as JSON.</summary>
    public string Content { get; init; } = "";

    public static DroppedAudit Of(Application application, DateTime now) => new()
    {
        AuditId = application.AuditId,
        BodyPartyId = application.AuditBodyPartyId,
        DroppedAt = now,
        Content = JsonSerializer.Serialize(
            new { application.AuditorSubject, application.AuditDueOn, application.AuditedOn, application.InterviewsHeld, application.AuditSummary, application.KeptSummaryHits, application.Findings }, JsonSerializerOptions.Web),
    };
}
