using Recruitment.Risk.Editions;
using Recruitment.Risk.Scoring;

namespace Recruitment.Risk.Viewing;

/// <summary>A score as it travels: never without interval, confidence, imputed share, day, method version, and what it is.</summary>
internal sealed record Estimate(
    string Topic, string TopicLabel, int Severity, int Residual, int Low, int High, string Band, string BandLabel, string Confidence, int ImputedShare,
    DateOnly AsOf, string MethodVersion, string Statement, Line TopFactor)
{
    public static Estimate Of(TopicScore score, Ground.Standing now) => new(
        score.Topic, score.Label, score.Severity, score.Residual, score.Low, score.High, score.Band, now.Method.BandLabel(score.Band), score.Confidence,
        score.ImputedShare, now.Edition.AsOf, now.Method.Version, now.Method.Statement, score.TopFactor);
}
