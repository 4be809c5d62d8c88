using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers.Estimates;

/// <summary>/suppliers/estimates: a supplier reads the figures of its own sites, before anybody it shares with acts on them.</summary>
public sealed class IndexModel(RiskClient risk, SuppliersClient suppliers) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public RiskClient.Portfolio? Portfolio { get; private set; }

    /// <summary>Sites that a brand has listed and this supplier has not confirmed; counted only when nothing is estimated.</summary>
    public int ToConfirm { get; private set; }

    public bool IsFirstPage => string.IsNullOrEmpty(Cursor);

    public async Task OnGetAsync(CancellationToken stop)
    {
        Portfolio = await risk.Sites(null, Cursor, stop);
        if (Portfolio is null) Response.StatusCode = StatusCodes.Status400BadRequest;
        if (Portfolio is { Summary.Sites: 0 }) ToConfirm = (await suppliers.GetMine(stop))?.Sites.Count(s => s is { Confirmed: false, Status: "active" }) ?? 0;
    }
}
