using Recruitment.Risk.Method;
using Recruitment.Risk.Reference;

namespace Recruitment.Risk.Scoring;

/// <summary>From a site's inputs to its scores: pure, whole numbers only, the same whatever order the inputs came in.</summary>
internal sealed class Scorer(RiskMethod method, FactBook facts, PeerBook peers, DateOnly asOf)
{
    private readonly Likelihood likelihood = new(method, facts, peers);
    private readonly Controls controls = new(method, asOf);

    public SiteScore Score(SiteInputs site) => new(
        site.SiteId,
        [
            .. method.Topics.Select((topic, place) => (place, Score: Score(site, topic)))
                .OrderByDescending(s => s.Score.Severity).ThenByDescending(s => s.Score.Residual).ThenBy(s => s.place)
                .Select(s => s.Score),
        ]);

    private TopicScore Score(SiteInputs site, Topic topic)
    {
        var parts = likelihood.Of(site, topic);
        var lines = new List<Line>(parts.Lines);
        var evidence = controls.Reduce(site, topic, parts.Inherent, lines);

        Raise(lines, "context_floor", "Controls never erase the context: at least a quarter of the inherent likelihood",
            (int)((long)parts.Inherent * method.Residual.Floor / 10_000));
        var worst = AuditFloor(site, topic);
        Raise(lines, "audit_floor", "An open audit finding sets a floor until it is verified closed", method.AuditFloors.Of(worst));

        var residual = lines.Sum(l => l.Points);
        return new()
        {
            Topic = topic.Code,
            Label = topic.Label,
            Severity = Math.Min(5, topic.Severity + (site.WorkersTotal >= method.Scope.Workers ? method.Scope.Add : 0)),
            Inherent = parts.Inherent,
            Residual = residual,
            Low = Math.Max(0, residual - parts.HalfWidth),
            High = Math.Min(10_000, residual + parts.HalfWidth),
            Band = method.BandOf(residual, parts.ImputedShare),
            Confidence = ConfidenceOf(topic, parts.ImputedShare, evidence),
            ImputedShare = parts.ImputedShare,
            Lines = lines,
            Gaps = parts.Gaps,
        };
    }

    private static void Raise(List<Line> lines, string kind, string label, int floor)
    {
        var missing = floor - lines.Sum(l => l.Points);
        if (missing > 0) lines.Add(new(kind, kind, label, missing, "method"));
    }

    private static string AuditFloor(SiteInputs site, Topic topic)
    {
        var open = site.Recruiters.SelectMany(r => r.Audits).SelectMany(a => a.Findings)
            .Where(f => f.Open && f.Topic == topic.Code).Select(f => f.Grade).ToHashSet(StringComparer.Ordinal);
        return open.Contains("critical") ? "critical" : open.Contains("major") ? "major" : "";
    }

    // No audit of a site itself reaches this service yet, so nothing has A: an audit of a recruiter says nothing of who was at the site.
    private string ConfidenceOf(Topic topic, int imputed, IReadOnlySet<string> evidence)
    {
        var checkedRecruiters = evidence.Contains("recruiter_audit") && topic.Inherent.Any(w => w.Input == method.Recruiters.Code);
        if (imputed <= method.Confidence.B && (evidence.Contains("document") || checkedRecruiters)) return "B";
        return imputed <= method.Confidence.C ? "C" : "D";
    }
}
