namespace Recruitment.Contracts.Accreditation;

/// <summary>The graded findings of the audit a public status rests on, as they stand now; grades and codes only, no text. Never published before a grant.</summary>
/// <remarks>Published by Accreditation. Heard by Risk.</remarks>
public sealed record AuditFindingsChanged
{
    public required Guid AuditId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required Guid RecruiterPartyId { get; init; }
    public required DateOnly AuditedOn { get; init; }
    public required IReadOnlyList<AuditFinding> Findings { get; init; }
}

/// <summary>One finding of an <see cref="AuditFindingsChanged"/>.</summary>
public sealed record AuditFinding
{
    public required string Criterion { get; init; }
    /// <summary>Topic code, for instance fees_and_debt.</summary>
    public required string Topic { get; init; }
    /// <summary>conform, observation, minor, major, critical, not_applicable or not_verified.</summary>
    public required string Grade { get; init; }
    /// <summary>open or closed.</summary>
    public required string Status { get; init; }
}
