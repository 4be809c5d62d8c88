using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Brands.Risk;

/// <summary>One site: every topic, what each figure is made of, what is missing, and how it changed.</summary>
public sealed class SiteModel(RiskClient risk, SuppliersClient suppliers) : PageModel
{
    public RiskClient.SiteScore Site { get; private set; } = null!;

    /// <summary>Where the brand's list and the supplier say different things of the place.</summary>
    public string? Disagreement { get; private set; }

    public RiskClient.TopicScore First => Site.Topics[0];

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (await risk.Site(id, stop) is not { } site) return NotFound();

        Site = site;
        if (site.Shared) Disagreement = TwoWords.Of(await suppliers.GetSite(id, stop));
        return Page();
    }

    public async Task<IActionResult> OnGetInputsAsync(Guid id, CancellationToken stop) =>
        await risk.Inputs(id, stop) is { } file ? File(file, "application/json", $"estimate-{id:N}.json") : NotFound();
}
