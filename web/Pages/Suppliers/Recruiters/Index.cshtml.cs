using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers.Recruiters;

/// <summary>Which recruiters a supplier uses, for which site and corridor.</summary>
public sealed class IndexModel(SuppliersClient suppliers, BusinessClock clock) : PageModel
{
    [BindProperty]
    public Guid Site { get; set; }

    [BindProperty]
    public string? RecruiterName { get; set; }

    [BindProperty]
    public string? RecruiterCountry { get; set; }

    [BindProperty]
    public string? OriginCountry { get; set; }

    [BindProperty]
    public DateOnly? From { get; set; }

    /// <summary>The answer to which of the recruiters with a like name is meant: its id, or <see cref="Another"/>.</summary>
    [BindProperty]
    public string? Which { get; set; }

    public const string Another = "another";

    /// <summary>About which name and country that was asked: the answer is none to a question about another.</summary>
    [BindProperty]
    public string? Asked { get; set; }

    public string Asking => $"{RecruiterName?.Trim()}, {RecruiterCountry?.Trim()}";

    [BindProperty]
    public Once Once { get; set; } = new();

    public IReadOnlyList<SuppliersClient.MySite> Sites { get; private set; } = [];

    public IReadOnlyList<SuppliersClient.Link> Links { get; private set; } = [];

    public string? Problem { get; private set; }

    /// <summary>Known already, and called much like what was typed: which is meant is asked before there are two.</summary>
    public IReadOnlyList<SuppliersClient.AlikeRecruiter> Alike { get; private set; } = [];

    public string? Link { get; private set; }

    public DateOnly Today => clock.Today;

    /// <summary>It may be later where the reader is.</summary>
    public DateOnly LatestToday => clock.LatestToday;

    public async Task OnGetAsync(CancellationToken stop) => await Load(stop);

    public async Task<IActionResult> OnPostAsync(CancellationToken stop)
    {
        Problem = From is not { } from || string.IsNullOrWhiteSpace(OriginCountry)
                || string.IsNullOrWhiteSpace(RecruiterName) || string.IsNullOrWhiteSpace(RecruiterCountry)
            ? "Fill in all four: the recruiter's name, the country where it is based, the country where workers come from, and since when."
            : await Declare(RecruiterName, RecruiterCountry, OriginCountry, from, stop);
        return await Shown(stop);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid link, CancellationToken stop)
    {
        Problem = await suppliers.EndRecruiterLink(link, clock.Today, stop);
        return await Shown(stop);
    }

    public async Task<IActionResult> OnPostInviteAsync(Guid recruiter, CancellationToken stop)
    {
        var outcome = await suppliers.Invite(recruiter, Once, stop);
        Problem = outcome.Problem;
        Link = outcome.Value?.Link is { } path ? $"{Request.Scheme}://{Request.Host}{path}" : null;
        await Load(stop);
        return Page();
    }

    public string SiteName(Guid site) => Sites.FirstOrDefault(s => s.Id == site)?.Name ?? "";

    private async Task<string?> Declare(string name, string country, string origin, DateOnly from, CancellationToken stop)
    {
        if (Asked != Asking) Which = null;
        Alike = await suppliers.FindAlikeRecruiters(name, country, stop);
        if (Alike.FirstOrDefault(a => a.Id.ToString() == Which) is { } meant) return await suppliers.DeclareRecruiter(Site, meant.Id, origin, from, Once, stop);
        if (Alike.Count > 0 && Which != Another) return $"Nothing was declared yet. {(Alike.Count == 1 ? "A recruiter" : "Recruiters")} with this name, or one much like it, {(Alike.Count == 1 ? "is" : "are")} known: say below which you mean.";
        return await suppliers.DeclareRecruiter(Site, name, country, origin, from, Once, stop);
    }

    private async Task<IActionResult> Shown(CancellationToken stop)
    {
        if (Problem is null) return Redirect("/suppliers/recruiters");
        await Load(stop);
        return Page();
    }

    private async Task Load(CancellationToken stop)
    {
        var mine = await suppliers.GetMine(stop);
        (Sites, Links) = (mine?.Sites ?? [], mine?.Recruiters ?? []);
    }
}
