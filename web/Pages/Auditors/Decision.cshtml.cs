using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Auditors;

/// <summary>The decision, and later the status: by somebody who did not audit.</summary>
public sealed class DecisionModel(AccreditationClient accreditation) : PageModel
{
    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public AccreditationClient.Application Application { get; private set; } = null!;

    public string? Problem { get; private set; }

    /// <summary>What the forms were made from, kept when one is refused: what somebody else did meanwhile is not overwritten unseen.</summary>
    [BindProperty]
    public Once Once { get; set; } = new();

    /// <summary>Everybody else reads where the case stands. The service checks the role, and says what stands against somebody who has it.</summary>
    public bool MayDecide => User.HasClaim("role", Platform.Roles.DecisionMaker) && Application.WhyNotDecide is null;

    /// <summary>Reads the case as its auditor, whatever other role he has.</summary>
    public bool IsAuditor => Application.Findings.Count > 0;

    /// <summary>What was chosen and typed stays when it is refused.</summary>
    public string? Outcome { get; private set; }

    public string? Rationale { get; private set; }

    public string? Act { get; private set; }

    public string? ReasonCode { get; private set; }

    /// <summary>Why a status is restored or withdrawn. That it is meant is confirmed anew each time.</summary>
    public string? Why { get; private set; }

    /// <summary>What was typed about jobseekers in process, by field.</summary>
    public IReadOnlyDictionary<string, string?> Plan { get; private set; } = new Dictionary<string, string?>();

    private Asked? asked;

    /// <summary>What in the refused texts may point to a person.</summary>
    public Asked Asked => asked ??= new(Request);

    /// <summary>What was typed in a refused form that the page does not offer any more, because somebody went before: to be copied.</summary>
    public IReadOnlyList<(string? Label, string Text)> NotSaved => Problem is null || IsOffered ? [] :
        [.. Typed.Where(t => !string.IsNullOrWhiteSpace(t.Text)).Select(t => (t.Label, t.Text!)), .. Asked.ToCopy];

    private IEnumerable<(string? Label, string? Text)> Typed => [("Reasons", Rationale), ("Your reasons", Why), .. Plan.Select(p => (FormFields.Label(p.Key), p.Value))];

    private bool IsOffered => MayDecide && (Application.State, Act) is ("ready_for_decision", null) or ("granted", "suspend" or "withdraw") or ("suspended", "restore" or "withdraw");

    public string Files(AccreditationClient.Criterion criterion) =>
        Application.Evidence.Count(e => criterion.Indicators.Any(i => i.Code == e.Indicator)) is var count && count == 1 ? "1 file" : $"{count} files";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (!await Load(id, stop)) return NotFound();
        Once = Once.Read(Application.Version);
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(Guid id, Guid evidence, CancellationToken stop)
    {
        if (!await Load(id, stop) || Application.Evidence.FirstOrDefault(e => e.Id == evidence) is not { } found) return NotFound();
        return await accreditation.ReadEvidence(id, evidence, stop) is { } file ? File(file, "application/octet-stream", $"{found.Indicator}.{found.Extension}") : NotFound();
    }

    public async Task<IActionResult> OnPostDecideAsync(Guid id, string? outcome, string? rationale, CancellationToken stop)
    {
        if (!await Load(id, stop)) return WithOthersNow.Answer(this);
        (Outcome, Rationale) = (outcome, rationale);
        Problem = string.IsNullOrEmpty(outcome) ? "Choose an outcome, and give your reasons in ten characters at least." : rationale is { Length: >= 10 } ? await accreditation.Decide(id, outcome ?? "", rationale, Asked.Kept, Once, stop) : "Give your reasons, in ten characters at least.";
        if (Problem is not null) return await Ask(id, [("rationale", rationale)], stop);
        return outcome == "returned" ? Redirect("/auditors") : RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostStatusAsync(
        Guid id, string act, string? reason, string? money, string? papers, string? contracts, string? travel, string? why, bool confirmed, CancellationToken stop)
    {
        if (!await Load(id, stop)) return WithOthersNow.Answer(this);
        (Act, ReasonCode, Why) = (act, reason, why);
        Plan = new Dictionary<string, string?> { ["money"] = money, ["papers"] = papers, ["contracts"] = contracts, ["travel"] = travel };
        var plan = act == "suspend" ? new { money = money ?? "", papers = papers ?? "", contracts = contracts ?? "", travel = travel ?? "" } : null;
        Problem = act is "restore" or "withdraw" && why is not { Length: >= 10 } ? $"Write why the status is {(act == "restore" ? "restored" : "withdrawn")}, in ten characters at least."
            : act == "restore" && !confirmed ? "A restored status is public at once. Confirm that you want it."
            : act == "withdraw" && !confirmed ? "A withdrawal cannot be taken back. Confirm that you want it."
            : await accreditation.ChangeStatus(id, act, reason, plan, act is "restore" or "withdraw" ? why : null, Asked.Kept, Once, stop);
        return Problem is null ? RedirectToPage(new { id }) : await Ask(id, act switch { "suspend" => Plan.Select(p => (p.Key, p.Value)), "restore" or "withdraw" => [("rationale", why)], _ => [] }, stop);
    }

    /// <summary>The page once more, with each place in what was typed that may point to a person.</summary>
    private async Task<IActionResult> Ask(Guid id, IEnumerable<(string Where, string? Text)> typed, CancellationToken stop)
    {
        foreach (var (where, text) in typed.Where(t => !string.IsNullOrEmpty(t.Text))) Asked.Show(where, await accreditation.ScanDecision(id, where, text!, stop));
        return Page();
    }

    private async Task<bool> Load(Guid id, CancellationToken stop)
    {
        Scheme = await accreditation.GetScheme(stop);
        if (await accreditation.Get(id, stop) is not { } found) return false;
        Application = found;
        return true;
    }
}
