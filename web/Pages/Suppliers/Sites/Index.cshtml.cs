using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers.Sites;

/// <summary>A supplier's sites and what is still open at each.</summary>
public sealed class IndexModel(SuppliersClient suppliers) : PageModel
{
    public IReadOnlyList<SuppliersClient.MySite> Sites { get; private set; } = [];

    public int Questions { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        Sites = (await suppliers.GetMine(stop))?.Sites ?? [];
        Questions = (await suppliers.GetQuestions(stop)).Items.Count;
    }
}
