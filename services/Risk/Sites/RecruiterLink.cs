namespace Recruitment.Risk.Sites;

/// <summary>A site uses a recruiter. The origin is kept for "support needed" alone.</summary>
internal sealed class RecruiterLink
{
    public required Guid Id { get; init; }
    public Guid SiteId { get; set; }
    public Guid RecruiterPartyId { get; set; }
    public string OriginCountry { get; set; } = "";
    public DateOnly From { get; set; }

    /// <summary>From this day on it is not in use any more.</summary>
    public DateOnly? To { get; set; }

    public bool InUse(DateOnly day) => From <= day && (To is null || To > day);
}
