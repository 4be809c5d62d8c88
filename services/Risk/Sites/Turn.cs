namespace Recruitment.Risk.Sites;

/// <summary>One row per site or recruiter, taken before its scores are made again, so that two consumers cannot each miss the other's input.</summary>
internal sealed class Turn
{
    public required Guid Id { get; init; }
    public long Taken { get; set; }
}
