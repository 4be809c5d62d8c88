using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Recruiters.Reports;

/// <summary>Reports that audit bodies have issued about this recruiter.</summary>
public sealed class IndexModel(ReportsClient reports) : PageModel
{
    public ReportsClient.Listed Listed { get; private set; } = new([], null);

    /// <summary>Where the page of reports begins.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Cursor { get; set; }

    public async Task OnGetAsync(CancellationToken stop) => Listed = await reports.List(Cursor, stop);

    public async Task<IActionResult> OnGetPdfAsync(Guid id, CancellationToken stop) =>
        await reports.Pdf(id, stop) is { } pdf ? File(pdf.Content, "application/pdf", pdf.Name) : NotFound();
}
