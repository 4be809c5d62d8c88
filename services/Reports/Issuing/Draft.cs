using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Reports.Issuing;

/// <summary>What the auditor does about a hit: remove the words from the report, or keep them for a stated reason.</summary>
internal sealed record Resolution(string Hit, [property: OneOf(typeof(Resolution), nameof(Resolution.Actions))] string Action, string? Reason = null)
{
    public static readonly IReadOnlyList<string> Actions = ["remove", "keep"];
}

/// <summary>A report before it is issued: the facts as they will be printed, and what still needs an answer.</summary>
internal sealed record Draft(AuditFacts Facts, IReadOnlyList<ScanHit> Hits, IReadOnlyList<ScanHit> Open, string KeptHits);

/// <summary>Reads an audit's facts, scans them and applies the auditor's answers; used by preview and issue alike, so that both see the same.</summary>
internal sealed class Drafts(AccreditationClient accreditation, IOptions<ReportsOptions> options, IOptions<PlatformOptions> platform)
{
    public async Task<Draft?> Read(Guid audit, IReadOnlyList<Resolution> resolutions, Caller caller, CancellationToken stop)
    {
        var facts = await accreditation.Facts(audit, stop);
        // Accreditation decides who sees an audit; that it is this body's own is checked once more, for a report is issued in its name.
        if (facts is null || facts.AuditBodyPartyId != caller.Party) return null;

        var hits = FactsScan.Of(facts, options.Value.SmallGroupBelow);
        resolutions = [.. resolutions.Where(r => r is not null)];
        var removed = hits.Where(h => resolutions.Any(r => r.Hit == h.Id && r.Action == "remove")).ToList();
        var kept = hits.Where(h => h.CanBeKept && resolutions.Any(r => r.Hit == h.Id && r.Action == "keep" && r.Reason is { Length: >= 3 })).ToList();
        var reasons = kept.Select(h => $"{h.Kind}: {resolutions.First(r => r.Hit == h.Id).Reason}");
        return new(Clean(facts, removed), hits, [.. hits.Except(removed).Except(kept)], string.Join('\n', reasons));
    }

    public ReportDocument Document(Draft draft, IReadOnlyList<string> languages, ReportIdentity identity, DateOnly on) => new(
        draft.Facts, Printed(languages), identity, on,
        $"{options.Value.PublicAddress.TrimEnd('/')}/verify/{identity.Number}?code={identity.CheckCode}", platform.Value.IsDemonstration, options.Value.SmallGroupBelow);

    /// <summary>English, the language of the findings, comes first in every report, asked for or not.</summary>
    public static IReadOnlyList<string> Printed(IEnumerable<string> languages) => [.. languages.Prepend("en").Distinct()];

    private static AuditFacts Clean(AuditFacts facts, List<ScanHit> removed) => facts with
    {
        Scope = FactsScan.Without(facts.Scope, "scope", removed),
        Summary = FactsScan.Without(facts.Summary, "summary", removed),
        Findings = [.. facts.Findings.Select(f => f with { Statement = FactsScan.Without(f.Statement, f.Criterion, removed) })],
    };
}
