namespace Recruitment.Contracts.Reports;

/// <summary>A report was issued, superseded or revoked.</summary>
/// <remarks>Published by Reports. Nobody hears it yet.</remarks>
public sealed record ReportIssued
{
    public required Guid ReportId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required Guid SubjectPartyId { get; init; }
    public required string Number { get; init; }
    /// <summary>recruiter_assessment.</summary>
    public required string Kind { get; init; }
    /// <summary>SHA-256 of the issued file, lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }
    public required DateOnly IssuedOn { get; init; }
    /// <summary>issued, superseded or revoked.</summary>
    public required string Status { get; init; }
}
