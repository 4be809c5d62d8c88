namespace Recruitment.Risk.Scoring;

/// <summary>Everything a score may be made from. What it must not be made from (origins, migrant share, worker voice) has no place here.</summary>
internal sealed record SiteInputs
{
    public required Guid SiteId { get; init; }
    public required string Country { get; init; }
    public string? Sector { get; init; }
    public int? WorkersTotal { get; init; }
    /// <summary>Question to answer; null when the site never submitted.</summary>
    public IReadOnlyDictionary<string, string>? Answers { get; init; }
    public DateOnly? AnsweredOn { get; init; }
    /// <summary>Recruiters in use on the edition's day, once each.</summary>
    public IReadOnlyList<RecruiterInUse> Recruiters { get; init; } = [];
}

/// <summary>A recruiter as this site's score sees it: where it stands by the newest decision under each scheme, the worst of them where there are several, and the audits of it.</summary>
internal sealed record RecruiterInUse(Guid PartyId, string Status, DateOnly? Since, IReadOnlyList<AuditOf> Audits);

internal sealed record AuditOf(Guid AuditId, DateOnly AuditedOn, IReadOnlyList<FindingOf> Findings);

internal sealed record FindingOf(string Criterion, string Topic, string Grade, bool Open);
