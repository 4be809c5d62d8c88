using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers.Estimates;

/// <summary>/suppliers/estimates: a supplier reads the figures of its own sites, before anybody it shares with acts on them.</summary>
public sealed class IndexModel(RiskClient risk) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public RiskClient.Portfolio? Portfolio { get; private set; }

    public bool IsFirstPage => string.IsNullOrEmpty(Cursor);

    public async Task OnGetAsync(CancellationToken stop)
    {
        Portfolio = await risk.Sites(null, Cursor, stop);
        if (Portfolio is null) Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
