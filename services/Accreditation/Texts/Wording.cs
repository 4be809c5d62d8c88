using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Accreditation.Applications;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Texts;

/// <summary>Nobody else reads what an auditor or a decision maker writes before each place in it that may point to a person is changed or kept for a reason: the recruiter reads the text itself, not only the report.</summary>
internal sealed class Wording(AccreditationDb db, IOptions<AccreditationOptions> options)
{
    public const string Summary = "summary";

    /// <summary>The place of the reasons for a decision, a restoring or a withdrawal.</summary>
    public const string Rationale = "rationale";

    private const string Code = "scan-hits-open";

    /// <summary>The place of a proof, beside that of the finding itself, which is its criterion.</summary>
    public static string Proof(string criterion) => $"proof-{criterion}";

    /// <summary>What a suspension says about jobseekers in process, with the place of each of its texts.</summary>
    public static IReadOnlyList<(string Where, string Text)> Of(JobseekerPlan plan) => [("money", plan.Money), ("papers", plan.Papers), ("contracts", plan.Contracts), ("travel", plan.Travel)];

    public async Task<IReadOnlyList<ScanHit>> Scan(Application application, string where, string text, CancellationToken stop)
    {
        var (recruiter, body) = (application.RecruiterPartyId, application.BodyResponsible);
        var organisations = await db.Parties.AsNoTracking().Where(p => p.Id == recruiter || p.Id == body).Select(p => p.Name).ToListAsync(stop);
        return [.. TextScan.In(where, text, organisations, options.Value.SmallGroupBelow).DistinctBy(h => h.Id)];
    }

    /// <summary>The answers to store with the text: those given now, and of the earlier ones those whose place still stands. Refuses while one is missing, without repeating a word of it.</summary>
    public Task<string?> Require(Application application, string where, string text, IReadOnlyList<Keep>? given, string? earlier, CancellationToken stop) =>
        Require(application, [(where, text)], given, earlier, stop);

    /// <summary>The same for texts that are saved together: all of them or none.</summary>
    public async Task<string?> Require(Application application, IReadOnlyList<(string Where, string Text)> texts, IReadOnlyList<Keep>? given, string? earlier, CancellationToken stop)
    {
        var hits = new List<ScanHit>();
        foreach (var (where, text) in texts) hits.AddRange(await Scan(application, where, text, stop));
        var answers = KeptHit.Read(earlier).ToDictionary(k => k.Hit, k => k.Reason, StringComparer.Ordinal);
        foreach (var keep in given?.Where(k => k is { IsAnswer: true }) ?? []) answers[keep.Hit] = keep.Reason;
        var open = hits.Count(h => !h.CanBeKept || !answers.ContainsKey(h.Id));
        return open == 0 ? KeptHit.Write([.. hits.Select(h => new KeptHit(h.Id, h.Kind, answers[h.Id]))]) : throw new BrokenRuleException(Code,
            $"{open} {(open == 1 ? "place" : "places")} in the text may point to a person or claim what no audit can say. Nothing was saved. Change each, or say in 3 to 500 characters why it stays; a claim cannot stay.");
    }

    /// <summary>When an audit is closed others read all of it: no finding goes along that was recorded before anybody asked, or while another name was an organisation's.</summary>
    public async Task RequireFindings(Application application, CancellationToken stop)
    {
        var open = new List<string>();
        foreach (var finding in application.Findings.OrderBy(f => f.Criterion, StringComparer.Ordinal))
        {
            var kept = KeptHit.Read(finding.KeptHits).Select(k => k.Hit).ToHashSet(StringComparer.Ordinal);
            if ((await Scan(application, finding.Criterion, finding.Text, stop)).Any(h => !kept.Contains(h.Id))) open.Add(finding.Criterion);
        }
        if (open.Count > 0)
            throw new BrokenRuleException(Code, $"What is recorded on {string.Join(", ", open)} may point to a person, and nobody has answered that yet. Save it once more; the audit is not closed.");
    }
}
