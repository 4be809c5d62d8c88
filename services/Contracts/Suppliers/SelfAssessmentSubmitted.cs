namespace Recruitment.Contracts.Suppliers;

/// <summary>What a supplier last declared about practice at one of its sites.</summary>
/// <remarks>Published by Suppliers. Heard by Risk.</remarks>
public sealed record SelfAssessmentSubmitted
{
    public required Guid SiteId { get; init; }
    public required int Epoch { get; init; }
    public required long Sequence { get; init; }
    public required string CatalogueVersion { get; init; }
    public required IReadOnlyList<SelfAssessmentAnswer> Answers { get; init; }
    public required DateOnly AsOf { get; init; }
}

/// <summary>One answer of a <see cref="SelfAssessmentSubmitted"/>.</summary>
public sealed record SelfAssessmentAnswer
{
    public required string Question { get; init; }
    /// <summary>The answer's code in that catalogue; "declined" and "not_asked" are answers, not gaps.</summary>
    public required string Answer { get; init; }
}
