using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Auditors;

/// <summary>One audit: conflicts first, then findings by criterion, then closing.</summary>
public sealed class AuditModel(AccreditationClient accreditation) : PageModel
{
    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public AccreditationClient.Application Application { get; private set; } = null!;

    public string? Problem { get; private set; }

    /// <summary>What the forms were made from, kept when one is refused: what somebody else did meanwhile is not overwritten unseen.</summary>
    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public bool Saved { get; set; }

    /// <summary>What was chosen and typed stays when it is refused.</summary>
    public string? Typed(string field) => Request.HasFormContentType && Request.Form[field].ToString() is { Length: > 0 } typed ? typed : null;

    /// <summary>The same for a field that every criterion has: what is recorded, unless another word was sent for this one.</summary>
    public string? Typed(string field, string criterion, string? recorded) => Typed("criterion") == criterion ? Typed(field) ?? recorded : recorded;

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

    public Task<IActionResult> OnPostDeclareAsync(Guid id, bool? hasConflict, string? statement, string? signedAs, CancellationToken stop) =>
        Do(id, () => hasConflict is null ? Task.FromResult<string?>("Say whether there is a conflict.") : accreditation.DeclareConflict(id, hasConflict.Value, statement ?? "", signedAs ?? "", Once, stop), stop);

    public Task<IActionResult> OnPostFindingAsync(Guid id, string criterion, string? grade, string? text, string? level, CancellationToken stop) =>
        Do(id, () => accreditation.RecordFinding(Application.AuditId, criterion, grade ?? "", text ?? "", level ?? "", Once, stop), stop, $"c-{criterion}");

    public Task<IActionResult> OnPostCloseFindingAsync(Guid id, string criterion, string? proof, CancellationToken stop) =>
        Do(id, () => accreditation.CloseFinding(Application.AuditId, criterion, proof ?? "", Once, stop), stop, $"c-{criterion}");

    public Task<IActionResult> OnPostCloseAsync(Guid id, DateOnly? auditedOn, int? interviews, string? summary, CancellationToken stop) =>
        Do(id, () => auditedOn is null || string.IsNullOrWhiteSpace(summary) ? Task.FromResult<string?>("Give the last day of the audit, and a summary.") : accreditation.CloseAudit(Application.AuditId, auditedOn.Value, summary ?? "", interviews, Once, stop), stop);

    private async Task<IActionResult> Do(Guid id, Func<Task<string?>> act, CancellationToken stop, string? at = null)
    {
        if (!await Load(id, stop)) return NotFound();
        Problem = await act();
        return Problem is null ? RedirectToPage("", null, new { id, saved = true }, at) : Page();
    }

    private async Task<bool> Load(Guid id, CancellationToken stop)
    {
        Scheme = await accreditation.GetScheme(stop);
        if (await accreditation.Get(id, stop) is not { } found) return false;
        Application = found;
        return true;
    }
}
