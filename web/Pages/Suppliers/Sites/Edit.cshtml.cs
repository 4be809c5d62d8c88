using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers.Sites;

/// <summary>One site, new or as it was listed.</summary>
public sealed class EditModel(SuppliersClient suppliers) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid? Site { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    [BindProperty]
    public string? Province { get; set; }

    [BindProperty]
    public string? Country { get; set; }

    [BindProperty]
    public string? Sector { get; set; }

    [BindProperty]
    public bool Ended { get; set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken stop)
    {
        if (Site is null) return Page();
        if ((await suppliers.GetMine(stop))?.Sites.SingleOrDefault(s => s.Id == Site) is not { } site) return NotFound();
        (Name, Address, Province, Country, Sector, Ended) = (site.Name, site.Address, site.Province, site.Country, site.Sector, site.Status == "ended");
        Once = Once.Read(site.Version);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(Name) || string.IsNullOrWhiteSpace(Address) || string.IsNullOrWhiteSpace(Country))
        {
            Problem = "Fill in the name, the address and the country.";
            return Page();
        }
        object form = Site is null
            ? new { name = Name, address = Address, country = Country, province = Province, sector = Sector }
            : new { name = Name, address = Address, country = Country, province = Province, sector = Sector, status = Ended ? "ended" : "active" };
        Problem = await suppliers.SaveSite(Site, form, Once, stop);
        return Problem is null ? Redirect("/suppliers/sites") : Page();
    }
}
