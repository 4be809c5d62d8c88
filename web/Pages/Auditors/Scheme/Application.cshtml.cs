using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Auditors.Scheme;

/// <summary>The scheme manager reviews an application and names an auditor free of conflict. The service checks the role.</summary>
public sealed class ApplicationModel(AccreditationClient accreditation) : PageModel
{
    public AccreditationClient.Application Application { get; private set; } = null!;

    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public IReadOnlyList<AccreditationClient.AuditBody> AuditBodies { get; private set; } = [];

    public string? Problem { get; private set; }

    /// <summary>What was asked for did not come by the day that was given.</summary>
    public bool DeferralIsOver => Application.DeferralIsOver;

    public bool WantsReview => Application.State == "submitted" || DeferralIsOver;

    /// <summary>The body responsible can do nothing here any more, so there is also no auditor of it to be named.</summary>
    public bool WantsAnotherBody => Application is { BodyIsOfTheGroup: true, State: "eligible" or "audit_assigned" or "ready_for_decision" or "granted" or "suspended" };

    public bool WantsAuditor => Application.AuditorIsWanted && !WantsAnotherBody;

    /// <summary>What was typed in a refused form that the page does not offer any more, because somebody went before: to be copied.</summary>
    public IReadOnlyList<(string? Label, string Text)> NotSaved => Problem is null || isOffered() ? [] : FormFields.Written(Request.Form.Select(f => (f.Key, f.Value.ToString())));

    private Func<bool> isOffered = () => true;

    /// <summary>What the forms were made from, kept when one is refused: what somebody else did meanwhile is not overwritten unseen.</summary>
    [BindProperty]
    public Once Once { get; set; } = new();

    /// <summary>What was chosen and typed stays when it is refused.</summary>
    public string? Outcome { get; private set; }

    public string? Reason { get; private set; }

    public Guid? Body { get; private set; }

    public string? Auditor { get; private set; }

    public string? DueOn { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (!await Load(id, stop)) return NotFound();
        Once = Once.Read(Application.Version);
        return Page();
    }

    public Task<IActionResult> OnPostReviewAsync(Guid id, string? outcome, string? reason, Guid? body, CancellationToken stop)
    {
        (Outcome, Reason, Body) = (outcome, reason, body);
        return Do(id, () => WantsReview, () => accreditation.Review(id, outcome ?? "", reason ?? "", outcome == "eligible" ? body : null, Once, stop), stop);
    }

    public Task<IActionResult> OnPostAssignAsync(Guid id, string? auditor, string? dueOn, CancellationToken stop)
    {
        (Auditor, DueOn) = (auditor, dueOn);
        DateOnly? due = DateOnly.TryParseExact(dueOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        // Left empty it means the usual time; what is no day does not.
        return Do(id, () => WantsAuditor, () => due is null && !string.IsNullOrWhiteSpace(dueOn)
            ? Task.FromResult<string?>("Audit due by: this is not a day. Choose one, or leave it empty.")
            : accreditation.Assign(id, auditor ?? "", due, Once, stop), stop);
    }

    public Task<IActionResult> OnPostAskAsync(Guid id, Guid body, CancellationToken stop) => Do(id, () => true, () => accreditation.AskAuditBody(id, body, Once, stop), stop);

    public Task<IActionResult> OnPostHandOverAsync(Guid id, Guid body, string? reason, CancellationToken stop)
    {
        (Reason, Body) = (reason, body);
        return Do(id, () => WantsAnotherBody, () => accreditation.HandOverStatus(id, body, reason ?? "", Once, stop), stop);
    }

    private async Task<IActionResult> Do(Guid id, Func<bool> offered, Func<Task<string?>> act, CancellationToken stop)
    {
        isOffered = offered;
        if (!await Load(id, stop)) return NotFound();
        Problem = await act();
        return Problem is null ? RedirectToPage(new { id }) : Page();
    }

    private async Task<bool> Load(Guid id, CancellationToken stop)
    {
        // An auditor's reader role opens the folder; a scheme manager's things are not there for him.
        if (!User.HasClaim("role", Platform.Roles.SchemeManager) || await accreditation.Get(id, stop) is not { } found) return false;
        (Application, Scheme) = (found, await accreditation.GetScheme(stop));
        if (found.State is "submitted" or "eligible" || found.BodyIsOfTheGroup == true) AuditBodies = await accreditation.AuditBodies(stop);
        return true;
    }
}
