using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers;

/// <summary>A supplier's first screen: what is still to do, and who asks for its answers.</summary>
public sealed class IndexModel(SuppliersClient suppliers, BusinessClock clock) : PageModel
{
    public sealed record Step(string Name, bool Done, string HowFar, string Why, string Action, string Href);

    public SuppliersClient.Mine? Mine { get; private set; }

    /// <summary>In the order in which they make sense; the first that is not done is what comes next.</summary>
    public IReadOnlyList<Step> Steps()
    {
        var to = Mine!.Progress;
        string Of(int done) => $": {done} of {to.SitesTotal} {(to.SitesTotal == 1 ? "site" : "sites")}";
        var waiting = Mine.Brands.Where(b => b is { Shared: false, SharingEndedAt: null }).Select(b => b.Brand).ToList();
        Step? share = Mine.Brands.Count == 0 ? null : new("Read your estimates, then share", waiting.Count == 0, "", $"{string.Join(", ", waiting)} sees nothing before you share. Read first what it will see, then share below on this page.", "Read your estimates", "/suppliers/estimates");
        List<Step> steps =
        [
            new("Say who you are", to.Profile, "", "The legal name and who answers questions. Two minutes.", "Fill in your profile", "/suppliers/profile"),
            new("Confirm your sites", to.Sites, to.SitesTotal == 0 ? ": none yet" : "", "Brands listed them; only you know whether the list is right.", "Look at your sites", "/suppliers/sites"),
            new("Count who works there", to.SitesTotal > 0 && to.WorkforceDone == to.SitesTotal, Of(to.WorkforceDone), "Numbers by nationality and sex, no names.", "Choose a site and count", "/suppliers/sites"),
            new("Answer about practice", to.SitesTotal > 0 && to.AssessmentDone == to.SitesTotal, Of(to.AssessmentDone),
                "Until you answer, each estimate assumes the practice of the worse quarter of comparable sites.", "Choose a site and answer", "/suppliers/sites"),
            new("Declare the recruiters you use", to.Recruiters, "", "Who finds workers for you, and from which countries.", "Declare a recruiter", "/suppliers/recruiters"),
        ];
        if (share is not null) steps.Add(share);
        return steps;
    }

    /// <summary>Sites whose answers and declared recruiters cannot both be right today.</summary>
    public IEnumerable<(SuppliersClient.MySite Site, string Recruiters)> Contradictions() =>
        Mine!.Sites.Where(s => s.Status == "active").Select(s => (s, string.Join(", ", Contradiction.Recruiters(s.Id, s.Answers, Mine.Recruiters, clock.Today)))).Where(c => c.Item2.Length > 0);

    /// <summary>Why it could not be shared, or the sharing not ended.</summary>
    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken stop) => Mine = await suppliers.GetMine(stop);

    public async Task<IActionResult> OnPostShareAsync(Guid relation, CancellationToken stop) => await Shown(await suppliers.Share(relation, stop), stop);

    public async Task<IActionResult> OnPostEndSharingAsync(Guid relation, CancellationToken stop) => await Shown(await suppliers.EndSharing(relation, stop), stop);

    private async Task<IActionResult> Shown(string? problem, CancellationToken stop)
    {
        Problem = problem;
        if (Problem is null) return Redirect("/suppliers");

        await OnGetAsync(stop);
        return Page();
    }
}
