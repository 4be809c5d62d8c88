using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers;

/// <summary>A supplier's first screen: what is still to do, and who asks for its answers.</summary>
public sealed class IndexModel(SuppliersClient suppliers) : PageModel
{
    public SuppliersClient.Mine? Mine { get; private set; }

    public async Task OnGetAsync(CancellationToken stop) => Mine = await suppliers.GetMine(stop);

    public async Task<IActionResult> OnPostShareAsync(Guid relation, CancellationToken stop)
    {
        await suppliers.Share(relation, stop);
        return Redirect("/suppliers");
    }
}
