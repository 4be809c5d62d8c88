using Recruitment.Risk.Editions;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Viewing;

/// <summary>A score as it travels: never without interval, confidence, imputed share, day, method version, and what it is.</summary>
internal sealed record Estimate(
    string Topic, string TopicLabel, int Severity, int Residual, int Low, int High, string Band, string BandLabel, string Confidence, int ImputedShare,
    DateOnly AsOf, string MethodVersion, string Statement, Line TopFactor)
{
    public static Estimate Of(TopicScore score, Ground.Standing now) => Of(score, now, 0);

    /// <summary>The figure of a whole site: its first topic, with what released worker voice adds for this reader.</summary>
    public static Estimate Of(TopicScore score, Ground.Standing now, int added)
    {
        var band = added == 0 ? score.Band : now.Method.BandOf(score.Residual + added, score.ImputedShare);
        return new(
            score.Topic, score.Label, score.Severity, score.Residual + added, score.Low + added, Math.Min(10_000, score.High + added), band, now.Method.BandLabel(band),
            score.Confidence, score.ImputedShare, now.Edition.AsOf, now.Method.Version, now.Method.Statement, score.TopFactor);
    }
}
