namespace Recruitment.Contracts.Grievances;

/// <summary>One release of worker-voice signals: bands over at least k distinct cases, on a release day. The only thing Grievances ever publishes.</summary>
/// <remarks>Published by Grievances. Heard by Risk.</remarks>
public sealed record SignalsReleased
{
    public required Guid ReleaseId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required DateOnly ReleasedOn { get; init; }
    public required IReadOnlyList<SignalCell> Cells { get; init; }
}

/// <summary>One released cell: subject, topic group and period with a band instead of a count.</summary>
public sealed record SignalCell
{
    /// <summary>site or recruiter.</summary>
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }
    public required string TopicGroup { get; init; }
    /// <summary>A quarter, for instance 2026-Q4.</summary>
    public required string Period { get; init; }
    public required string Band { get; init; }
}
