using System.Net;

namespace Recruitment.Reports.Issuing;

/// <summary>What Accreditation says about a closed audit to the auditor who asks. Organisations, codes and findings; no person.</summary>
internal sealed record AuditFacts
{
    public Guid AuditId { get; init; }
    public Guid RecruiterPartyId { get; init; }
    public string RecruiterName { get; init; } = "";
    public string? Country { get; init; }
    public Guid AuditBodyPartyId { get; init; }
    public string AuditBodyName { get; init; } = "";
    public string? Kind { get; init; }
    public string? SchemeCode { get; init; }
    public string? SchemeVersion { get; init; }
    public IReadOnlyList<string> Corridors { get; init; } = [];
    public DateOnly AuditedOn { get; init; }
    public string? Scope { get; init; }
    /// <summary>What the auditor wrote when closing the audit; read by the scan like a finding's text.</summary>
    public string? Summary { get; init; }
    public int? InterviewsHeld { get; init; }
    public IReadOnlyList<FindingFacts> Findings { get; init; } = [];
    /// <summary>Null while nobody has decided: a draft can be read by then, and nothing is issued.</summary>
    public DecisionFacts? Decision { get; init; }
}

internal sealed record DecisionFacts
{
    /// <summary>granted or refused.</summary>
    public string Outcome { get; init; } = "";
    public DateOnly DecidedOn { get; init; }
    public DateOnly? ValidTo { get; init; }
}

internal sealed record FindingFacts
{
    public string Criterion { get; init; } = "";
    public string? Title { get; init; }
    public string Topic { get; init; } = "";
    /// <summary>conform, observation, minor, major, critical, not_applicable or not_verified.</summary>
    public string Grade { get; init; } = "";
    /// <summary>What the auditor wrote. Free text, read by the scan.</summary>
    public string? Statement { get; init; }
    public string? Status { get; init; }
}

/// <summary>Asks Accreditation, with the caller's own token: an audit he may not see is not there.</summary>
internal sealed class AccreditationClient(HttpClient http)
{
    public async Task<AuditFacts?> Facts(Guid audit, CancellationToken stop)
    {
        using var answer = await http.GetAsync(new Uri($"api/v1/accreditation/audits/{audit}/facts", UriKind.Relative), stop);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden) return null;
        if (answer.StatusCode == HttpStatusCode.Conflict)
            throw new Platform.BrokenRuleException("audit-not-closed", "A report is issued about a closed audit. Close the audit first.");

        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<AuditFacts>(stop);
    }
}
