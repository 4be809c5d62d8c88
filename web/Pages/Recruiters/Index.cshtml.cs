using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>The recruiter's first screen: one clear next step, and how far it is.</summary>
public sealed class IndexModel(AccreditationClient accreditation) : PageModel
{
    private static readonly string[] Path = ["draft", "submitted", "eligible", "audit_assigned", "ready_for_decision", "granted"];
    private static readonly string[] Names = ["Self-assessment", "Review", "Auditor named", "Audit", "Decision", "Public status"];

    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public AccreditationClient.Application? Application { get; private set; }

    public string? Problem { get; private set; }

    /// <summary>So many corridors and sectors the form takes.</summary>
    public const int Lines = 4;

    /// <summary>By line, as those of <see cref="Destinations"/>; an empty line is left out.</summary>
    [BindProperty]
    public IReadOnlyList<string?> Origins { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string?> Destinations { get; set; } = [];

    [BindProperty]
    public IReadOnlyList<string?> Sectors { get; set; } = [];

    public int Total => Scheme.Principles.Sum(p => p.Indicators.Count());

    public bool CanSubmit => Application is { IsOpen: true, Missing.Count: 0 };

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken stop)
    {
        var lines = Origins.Zip(Destinations).Where(line => !string.IsNullOrEmpty(line.First) || !string.IsNullOrEmpty(line.Second)).ToList();
        var sectors = Sectors.Where(s => !string.IsNullOrEmpty(s)).Select(s => s!).Distinct().ToList();
        Problem = lines.Count == 0 || lines.Any(line => string.IsNullOrEmpty(line.First) || string.IsNullOrEmpty(line.Second))
            ? "Choose for each corridor where workers come from and where they work."
            : sectors.Count == 0 ? "Choose at least one sector."
            : await accreditation.Begin([.. lines.Select(line => $"{line.First}-{line.Second}").Distinct()], sectors, stop);
        return await Again(stop);
    }

    public async Task<IActionResult> OnPostSubmitAsync(CancellationToken stop)
    {
        await Load(stop);
        if (Application is not null) Problem = await accreditation.Submit(Application.Id, stop);
        return await Again(stop);
    }

    public (string Heading, string Sentence, string? Action, string? Href) Next() => Application!.State switch
    {
        "draft" or "deferred" when CanSubmit => ("Send your application", "Everything is answered. After sending it, nothing can be changed unless the scheme manager asks.", null, null),
        "draft" or "deferred" when Application.Missing.FirstOrDefault(m => m.Kind != "evidence") is { } lack => Answer(lack),
        "draft" or "deferred" => ("Attach your operating licence", "It is the one piece of evidence that every application needs. Black out personal data first.", "Attach evidence", "/recruiters/evidence"),
        "submitted" => ("Wait for the review", "The scheme manager looks whether your application can be assessed.", null, null),
        "eligible" => ("Wait for an auditor", $"{Application.AuditBodyName} has been asked. Auditors declare conflicts of interest before one is named.", null, null),
        "audit_assigned" => ("Prepare for the audit", $"{Application.AuditBodyName} will audit by {Application.AuditDueOn:yyyy-MM-dd}. Keep records and people at hand; nobody may be told what to say.", null, null),
        "ready_for_decision" => ("Put findings right", "The audit is closed. Open major or critical findings stand against a grant: show the auditor proof. Somebody else decides.", null, null),
        "granted" => ("Keep it up", $"Valid to {Application.ValidTo:yyyy-MM-dd}; the next surveillance is due by {Application.SurveillanceDueOn:yyyy-MM-dd}.", "See the public register", "/register"),
        "suspended" => ("Put right what led to suspension", $"By {Application.SuspendedUntil:yyyy-MM-dd} at the latest. Carry out the plan for jobseekers in process first.", "See the public register", "/register"),
        "refused" or "rejected" => ("This application has ended", $"The reason is below. {Application.Rationale} You may apply again.", null, null),
        _ => ("This status has ended", "You may apply again.", null, null),
    };

    public IEnumerable<(string Name, string State)> Steps()
    {
        var at = Array.IndexOf(Path, Application!.State == "deferred" ? "draft" : Application.State is "suspended" ? "granted" : Application.State);
        return Names.Select((name, i) => (name, i < at ? "done" : i == at ? "now" : "later"));
    }

    private (string, string, string?, string?) Answer(AccreditationClient.Lack lack)
    {
        var principle = Scheme.Principles.First(p => p.Indicators.Any(i => i.Code == lack.Indicator));
        var deferred = Application!.State == "deferred" ? $" Send what was missing by {Application.DeferredUntil:yyyy-MM-dd}." : "";
        return ($"Go on with {principle.Code}: {principle.Title}", $"Next is indicator {lack.Indicator}. {lack.Sentence}{deferred}", "Go on", $"/recruiters/assessment/{principle.Code}#i-{lack.Indicator}");
    }

    private async Task<IActionResult> Again(CancellationToken stop)
    {
        if (Problem is null) return RedirectToPage();
        await Load(stop);
        return Page();
    }

    private async Task Load(CancellationToken stop)
    {
        Scheme = await accreditation.GetScheme(stop);
        var lines = await accreditation.List(stop);
        var current = lines.FirstOrDefault(l => l.State is not ("rejected" or "refused" or "withdrawn"));
        Application = current is null ? null : await accreditation.Get(current.Id, stop);
    }
}
