using Recruitment.Risk.Method;

namespace Recruitment.Risk.Scoring;

/// <summary>What is done against the risk, worth as much as its evidence and less with age; each control a line with negative points.</summary>
internal sealed class Controls(RiskMethod method, DateOnly asOf)
{
    private sealed record Strength(string Label, int Value, string Basis, DateOnly Since);

    /// <summary>Adds the lines and returns the kinds of evidence behind this topic.</summary>
    public IReadOnlySet<string> Reduce(SiteInputs site, Topic topic, int inherent, List<Line> lines)
    {
        var evidence = new HashSet<string>(StringComparer.Ordinal);
        foreach (var weighted in topic.Controls)
        {
            if (Find(site, topic, weighted.Control) is not { } found) continue;
            var worth = (long)weighted.Weight * found.Value / 10_000 * EvidenceOf(found.Basis) / 10_000 * method.Decay.After(found.Since, asOf) / 10_000;
            var points = (int)(inherent * worth * method.Residual.ControlEffect / 100_000_000);
            if (points == 0) continue;
            lines.Add(new(weighted.Control, "control", found.Label, -points, found.Basis, null, found.Since));
            evidence.Add(found.Basis);
        }
        return evidence;
    }

    private Strength? Find(SiteInputs site, Topic topic, string control) => control switch
    {
        "accreditation" => Accreditation(site),
        "audit" => Audit(site, topic),
        _ => Declared(site, method.Controls.First(c => c.Code == control)),
    };

    private static Strength? Declared(SiteInputs site, ControlInput control)
    {
        if (site.AnsweredOn is not { } on || site.Answers?.GetValueOrDefault(control.Question) is not { } answer) return null;
        if (!control.Answers.TryGetValue(answer, out var value)) return null;
        return new(control.Label, value, control.Documented.Contains(answer) ? "document" : "self_declared", on);
    }

    // Only when every recruiter in use holds one: the weakest road is the one a worker may have come by. As evidence it is a
    // document: it says that somebody looked at the recruiter, not that anybody looked at this site.
    private static Strength? Accreditation(SiteInputs site) =>
        site.Recruiters.Count > 0 && site.Recruiters.All(r => r is { Status: "granted", Since: not null })
            ? new("All declared recruiters hold an accreditation", 10_000, "document", site.Recruiters.Min(r => r.Since!.Value)) : null;

    // Somebody was at the recruiter, nobody at this site: as a control worth an audit, as evidence never one of the site. Whose status was taken
    // away, or has run out, is not made safer by the audit that it rested on; what that audit found open still sets its floor.
    private static Strength? Audit(SiteInputs site, Topic topic)
    {
        if (site.Recruiters.Count == 0) return null;
        var days = new List<DateOnly>();
        foreach (var recruiter in site.Recruiters)
        {
            if (recruiter.Status != "granted") return null;
            var findings = recruiter.Audits.SelectMany(a => a.Findings.Where(f => f.Topic == topic.Code).Select(f => (a.AuditedOn, f.Grade, f.Open))).ToList();
            if (findings.Any(f => f.Open && f.Grade is ("minor" or "major" or "critical"))) return null;
            var conform = findings.Where(f => f.Grade == "conform").ToList();
            if (conform.Count == 0) return null;
            days.Add(conform.Max(f => f.AuditedOn));
        }
        return new("Audits of all declared recruiters found conformity", 10_000, "recruiter_audit", days.Min());
    }

    private int EvidenceOf(string basis) => basis switch
    {
        "recruiter_audit" => method.Evidence.OnSiteAudit,
        "document" => method.Evidence.Document,
        "self_declared" => method.Evidence.SelfDeclared,
        _ => 0,
    };
}
