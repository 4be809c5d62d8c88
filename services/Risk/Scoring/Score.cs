namespace Recruitment.Risk.Scoring;

/// <summary>One named part of a score. The points of all lines add up to the residual exactly.</summary>
/// <remarks>Kind: country, sector, practice, rounding, control, context_floor or audit_floor.
/// Basis: published, self_declared, document, recruiter_audit, declared_link, imputed or method.</remarks>
internal sealed record Line(string Code, string Kind, string Label, int Points, string Basis, string? Source = null, DateOnly? AsOf = null)
{
    public bool Imputed => Basis == "imputed";
}

/// <summary>The estimate for one topic at one site; never shown without its interval, confidence, imputed share, day and method version.</summary>
internal sealed record TopicScore
{
    public required string Topic { get; init; }
    public required string Label { get; init; }
    public required int Severity { get; init; }
    public required int Inherent { get; init; }
    public required int Residual { get; init; }
    public required int Low { get; init; }
    public required int High { get; init; }
    public required string Band { get; init; }
    public required string Confidence { get; init; }
    public required int ImputedShare { get; init; }
    public required IReadOnlyList<Line> Lines { get; init; }
    public required IReadOnlyList<Gap> Gaps { get; init; }

    /// <summary>What raises it most.</summary>
    public Line TopFactor => Lines.OrderByDescending(l => l.Points).ThenBy(l => l.Code, StringComparer.Ordinal).First();
}

/// <summary>What is not known, and how far the estimate could move if it were.</summary>
internal sealed record Gap(string Input, string Label, string? Question, int MayFallBy, int MayRiseBy);

/// <summary>All topics of one site, the one to look at first in front.</summary>
internal sealed record SiteScore(Guid SiteId, IReadOnlyList<TopicScore> Topics)
{
    public TopicScore Top => Topics[0];
}
