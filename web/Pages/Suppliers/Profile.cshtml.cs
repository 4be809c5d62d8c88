using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers;

/// <summary>A supplier says who it is.</summary>
public sealed class ProfileModel(SuppliersClient suppliers) : PageModel
{
    [BindProperty]
    public string? LegalName { get; set; }

    [BindProperty]
    public string? RegistrationNumber { get; set; }

    [BindProperty]
    public string? ContactRole { get; set; }

    [BindProperty]
    public bool? EmployerHousing { get; set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (await suppliers.GetMine(stop) is not { } mine) return Redirect("/suppliers");
        (LegalName, RegistrationNumber, ContactRole, EmployerHousing) =
            (mine.Profile.LegalName ?? mine.Name, mine.Profile.RegistrationNumber, mine.Profile.ContactRole, mine.Profile.EmployerHousing);
        Once = Once.Read(mine.Profile.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Problem = string.IsNullOrWhiteSpace(LegalName)
            ? "Write the legal name."
            : await suppliers.ChangeProfile(new(LegalName, RegistrationNumber, ContactRole, EmployerHousing), Once, stop);
        return Problem is null ? Redirect("/suppliers") : Page();
    }
}
