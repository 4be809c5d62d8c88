using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Brands.Suppliers;

/// <summary>Whom the brand buys from, by name.</summary>
public sealed class IndexModel(SuppliersClient suppliers) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Query { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public SuppliersClient.Relations Found { get; private set; } = new([], null, 0);

    public async Task OnGetAsync(CancellationToken stop) => Found = await suppliers.ListRelations(Query, After, stop);
}
