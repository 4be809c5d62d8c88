using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Auditors.Reports;

/// <summary>What this body has issued; download, and taking a report back.</summary>
public sealed class IndexModel(ReportsClient reports) : PageModel
{
    public ReportsClient.Listed Listed { get; private set; } = new([], null);

    /// <summary>Where the page of reports begins.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Cursor { get; set; }

    public string? Problem { get; private set; }

    /// <summary>The number just issued, to be shown once.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Issued { get; set; }

    /// <summary>What was typed for the report that was not revoked.</summary>
    public Guid? Revoking { get; private set; }

    public string? Reason { get; private set; }

    public async Task OnGetAsync(CancellationToken stop) => Listed = await reports.List(Cursor, stop);

    public async Task<IActionResult> OnGetPdfAsync(Guid id, CancellationToken stop) =>
        await reports.Pdf(id, stop) is { } pdf ? File(pdf.Content, "application/pdf", pdf.Name) : NotFound();

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, string? reason, CancellationToken stop)
    {
        Problem = reason is { Length: >= 3 } ? await reports.Revoke(id, reason, stop) : "Say why the report is taken back, in a few words.";
        if (Problem is null) return RedirectToPage();

        (Revoking, Reason) = (id, reason);
        Listed = await reports.List(Cursor, stop);
        return Page();
    }
}
