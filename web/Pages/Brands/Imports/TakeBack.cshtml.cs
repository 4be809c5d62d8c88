using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Brands.Imports;

/// <summary>Says exactly what taking a list back would do, and asks once.</summary>
public sealed class TakeBackModel(SuppliersClient suppliers) : PageModel
{
    public SuppliersClient.Import Import { get; private set; } = null!;

    public SuppliersClient.TakingBack Will { get; private set; } = null!;

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (await suppliers.GetImport(id, stop) is not { } import || await suppliers.PreviewTakingBack(id, stop) is not { } will) return NotFound();
        // Nothing to ask about: the list's own page says what it is.
        if (import.Status != "done") return Redirect($"/brands/imports/{id}");

        (Import, Will) = (import, will);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken stop)
    {
        Problem = await suppliers.TakeBack(id, stop);
        return Problem is null ? Redirect($"/brands/imports/{id}") : await OnGetAsync(id, stop);
    }
}
