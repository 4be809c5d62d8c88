namespace Recruitment.Risk.Sites;

/// <summary>A recruiter's public status under one scheme.</summary>
internal sealed class Accreditation
{
    public required Guid Id { get; init; }
    public Guid RecruiterPartyId { get; set; }
    public string RecruiterName { get; set; } = "";
    public string Status { get; set; } = "";
    public DateOnly? ValidFrom { get; set; }
    public DateOnly? ValidTo { get; set; }

    public string StatusOn(DateOnly day) => Status == "granted" && ValidTo < day ? "expired" : Status;
}
