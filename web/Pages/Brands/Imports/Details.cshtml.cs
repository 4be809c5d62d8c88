using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Brands.Imports;

/// <summary>How far a list has been read, and each row with what became of it.</summary>
public sealed class DetailsModel(SuppliersClient suppliers) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public bool Accepted { get; set; }

    [BindProperty(SupportsGet = true)]
    public int After { get; set; }

    public SuppliersClient.Import Import { get; private set; } = null!;

    public SuppliersClient.ImportRows Rows { get; private set; } = new([], null);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (await suppliers.GetImport(id, stop) is not { } import) return NotFound();

        Import = import;
        // Reading goes on between the two questions: rows that the figures above do not count yet are left for the next look.
        if (await suppliers.ListImportRows(id, Accepted, After, stop) is { } rows)
            Rows = rows.Rows.Count > 0 && rows.Rows[^1].Number > import.RowsRead ? new([.. rows.Rows.Where(r => r.Number <= import.RowsRead)], null) : rows;
        // Progress without a script; a reader who turns pages is not disturbed.
        if (import.Status is "received" or "reading" or "taking_back" && After == 0) Response.Headers["Refresh"] = "3";
        return Page();
    }

    /// <summary>Why the last thing asked for was not done.</summary>
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken stop)
    {
        Problem = await suppliers.RemoveImport(id, stop);
        return Problem is null ? Redirect("/brands/imports") : await OnGetAsync(id, stop);
    }

    public async Task<IActionResult> OnGetRefusedAsync(Guid id, CancellationToken stop)
    {
        var answer = await suppliers.RefusedRows(id, stop);
        HttpContext.Response.RegisterForDispose(answer);
        return answer.IsSuccessStatusCode ? File(await answer.Content.ReadAsStreamAsync(stop), "text/csv; charset=utf-8", "refused-rows.csv") : NotFound();
    }
}
