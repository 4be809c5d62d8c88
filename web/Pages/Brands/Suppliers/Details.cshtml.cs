using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;
using Recruitment.Web.Pages.Shared;

namespace Recruitment.Web.Pages.Brands.Suppliers;

/// <summary>One supplier: its sites, what it shares, and the invitation.</summary>
public sealed class DetailsModel(SuppliersClient suppliers, BusinessClock clock) : PageModel
{
    /// <summary>More sites than this are left to the export; each costs a question to the service.</summary>
    private const int MostSites = 50;

    public SuppliersClient.Party Supplier { get; private set; } = null!;

    public IReadOnlyList<SuppliersClient.Site> Sites { get; private set; } = [];

    public IReadOnlyList<SuppliersClient.Question> Questions { get; private set; } = [];

    public SuppliersClient.Invitation? Invitation { get; private set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    public string? Problem { get; private set; }

    public DateOnly Today => clock.Today;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop) => await Load(id, stop) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken stop)
    {
        var outcome = await suppliers.Invite(id, Once, stop);
        (Invitation, Problem) = (outcome.Value, outcome.Problem);
        return await Load(id, stop) ? Page() : NotFound();
    }

    public string Absolute(string path) => $"{Request.Scheme}://{Request.Host}{path}";

    public string SiteName(Guid site) => Supplier.Sites.FirstOrDefault(s => s.Id == site)?.Name ?? "";

    /// <summary>What was declared ahead is not in use until it begins, and never was when it ended by then.</summary>
    public string Until(SuppliersClient.Link link) => link switch
    {
        { To: { } to } => to > link.From ? Words.Day(to) : "Never in use",
        _ => link.From > Today ? "Not begun" : "Now",
    };

    public static string WordsOf(SuppliersClient.Question question, string answer) => answer switch
    {
        "declined" => "Prefers not to say",
        "not_asked" => "Not asked",
        _ => question.Options.FirstOrDefault(o => o.Code == answer)?.Text ?? answer,
    };

    private async Task<bool> Load(Guid id, CancellationToken stop)
    {
        if (await suppliers.GetParty(id, stop) is not { } supplier) return false;

        Supplier = supplier;
        var sites = new List<SuppliersClient.Site>();
        foreach (var line in supplier.Sites.Take(MostSites))
        {
            if (await suppliers.GetSite(line.Id, stop) is { } site) sites.Add(site);
        }
        Sites = sites;
        Questions = (await suppliers.GetQuestions(stop)).Items;
        return true;
    }
}
