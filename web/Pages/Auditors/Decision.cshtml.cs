using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Auditors;

/// <summary>The decision, and later the status: by somebody who did not audit.</summary>
public sealed class DecisionModel(AccreditationClient accreditation) : PageModel
{
    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public AccreditationClient.Application Application { get; private set; } = null!;

    public string? Problem { get; private set; }

    /// <summary>Everybody else reads where the case stands. The service checks the role, and that whoever audited does not decide.</summary>
    public bool MayDecide => User.HasClaim("role", Platform.Roles.DecisionMaker);

    /// <summary>What was chosen and typed stays when it is refused.</summary>
    public string? Outcome { get; private set; }

    public string? Rationale { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop) => await Load(id, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostDecideAsync(Guid id, string? outcome, string? rationale, CancellationToken stop)
    {
        if (!await Load(id, stop)) return NotFound();
        (Outcome, Rationale) = (outcome, rationale);
        Problem = rationale is { Length: >= 10 } ? await accreditation.Decide(id, outcome ?? "", rationale, stop) : "Give your reasons, in ten characters at least.";
        return Problem is null ? outcome == "returned" ? Redirect("/auditors") : RedirectToPage(new { id }) : Page();
    }

    public async Task<IActionResult> OnPostStatusAsync(
        Guid id, string act, string? reason, string? money, string? papers, string? contracts, string? travel, CancellationToken stop)
    {
        if (!await Load(id, stop)) return NotFound();
        var plan = act == "suspend" ? new { money = money ?? "", papers = papers ?? "", contracts = contracts ?? "", travel = travel ?? "" } : null;
        Problem = await accreditation.ChangeStatus(id, act, reason, plan, stop);
        return Problem is null ? RedirectToPage(new { id }) : Page();
    }

    private async Task<bool> Load(Guid id, CancellationToken stop)
    {
        Scheme = await accreditation.GetScheme(stop);
        if (await accreditation.Get(id, stop) is not { } found) return false;
        Application = found;
        return true;
    }
}
