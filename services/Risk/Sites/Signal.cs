namespace Recruitment.Risk.Sites;

/// <summary>One released cell of worker voice. Read by the overlay alone; no score is made from it.</summary>
internal sealed class Signal
{
    public required Guid ReleaseId { get; init; }
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }
    public required string TopicGroup { get; init; }
    public required string Period { get; init; }
    public required string Band { get; init; }
}
