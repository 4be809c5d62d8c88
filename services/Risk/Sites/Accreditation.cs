using Recruitment.Contracts.Accreditation;

namespace Recruitment.Risk.Sites;

/// <summary>A recruiter's public status by one decision under one scheme. An older decision under the same scheme no longer speaks.</summary>
internal sealed class Accreditation
{
    public required Guid Id { get; init; }
    public Guid RecruiterPartyId { get; set; }
    public string RecruiterName { get; set; } = "";
    public string SchemeCode { get; set; } = "";
    public string Status { get; set; } = "";
    public DateOnly? DecidedOn { get; set; }
    public DateOnly? ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }

    public string StatusOn(DateOnly day) => AccreditationChanged.StatusOn(Status, ValidTo, day);
}
