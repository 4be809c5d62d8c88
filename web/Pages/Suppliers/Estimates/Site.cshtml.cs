using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Suppliers.Estimates;

/// <summary>/suppliers/estimates/{id}: what a supplier's figure is made of, and what would move it.</summary>
public sealed class SiteModel(RiskClient risk, SuppliersClient suppliers) : PageModel
{
    private Dictionary<string, string> topicOfQuestion = [];

    public RiskClient.SiteScore Site { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (await risk.Site(id, stop) is not { } site) return NotFound();

        Site = site;
        topicOfQuestion = (await suppliers.GetQuestions(stop)).Items.ToDictionary(q => q.Code, q => q.Topic);
        return Page();
    }

    /// <summary>Where the supplier can tell what is missing; null when it is nothing that it is asked.</summary>
    internal string? AddressOf(RiskClient.Gap gap) => gap.Question is { } question && topicOfQuestion.TryGetValue(question, out var topic)
        ? $"/suppliers/sites/practice?site={Site.SiteId}&topic={topic}"
        : null;
}
