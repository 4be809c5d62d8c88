using Recruitment.Platform;

namespace Recruitment.Reports.Issuing;

/// <summary>The scan of everything that an auditor wrote and a report would print.</summary>
internal static class FactsScan
{
    public static IReadOnlyList<ScanHit> Of(AuditFacts facts, int smallGroupBelow)
    {
        string[] organisations = [facts.RecruiterName, facts.AuditBodyName];
        var hits = new List<ScanHit>();
        if (facts.Scope is { Length: > 0 } scope) hits.AddRange(TextScan.In("scope", scope, organisations, smallGroupBelow));
        if (facts.Summary is { Length: > 0 } summary) hits.AddRange(TextScan.In("summary", summary, organisations, smallGroupBelow));
        foreach (var finding in facts.Findings.Where(f => f.Statement is { Length: > 0 }))
            hits.AddRange(TextScan.In(finding.Criterion, finding.Statement!, organisations, smallGroupBelow));
        return [.. hits.DistinctBy(h => h.Id)];
    }

    /// <summary>The text with every hit that was to be removed replaced.</summary>
    public static string? Without(string? text, string where, IEnumerable<ScanHit> removed) => removed
        .Where(hit => hit.Where == where).OrderByDescending(hit => hit.Text.Length)
        .Aggregate(text, (left, hit) => left?.Replace(hit.Text, "[removed]", StringComparison.Ordinal));
}
