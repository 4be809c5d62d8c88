using System.Text.Json;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Editions;

/// <summary>The day's frozen ground: as-of date, method, facts and peer percentiles. Within one edition the same inputs give the same score to the last bit.</summary>
internal sealed class ScoreEdition
{
    public required int Number { get; init; }
    public required DateOnly AsOf { get; init; }
    public required string MethodVersion { get; init; }
    public required string FactsVersion { get; init; }
    public required string Peers { get; init; }

    public PeerBook ReadPeers() => new(JsonSerializer.Deserialize<Dictionary<string, int>>(Peers)!);
}

/// <summary>Where a site stands: the topic to look at first. What it is made of is computed again when read.</summary>
internal sealed class StoredScore
{
    public required Guid SiteId { get; init; }
    public int Edition { get; set; }
}

/// <summary>One topic of one site, for ranking.</summary>
internal sealed class StoredTopic
{
    public required Guid SiteId { get; init; }
    public required string Topic { get; init; }
    public int Severity { get; set; }
    public int Residual { get; set; }
    /// <summary>How much of it nobody told us, in ten-thousandths: without it no band can be named.</summary>
    public int ImputedShare { get; set; }
    public bool IsTop { get; set; }
}

/// <summary>That a score changed on a day, and which kind of input did it.</summary>
internal sealed class ScoreChange
{
    public required Guid SiteId { get; init; }
    public required string Topic { get; init; }
    public required DateOnly Day { get; init; }
    /// <summary>site, self_assessment, recruiter_declared, accreditation, audit_findings or daily_edition. Never worker voice.</summary>
    public required string Cause { get; init; }
    /// <summary>Null when this was the first score.</summary>
    public int? Before { get; init; }
    public int After { get; set; }
}
