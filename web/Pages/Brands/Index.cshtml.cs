using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Brands;

/// <summary>A brand's first screen: where do I look first, and why.</summary>
public sealed class IndexModel(RiskClient risk) : PageModel
{
    internal static IReadOnlyList<(string Code, string Label)> Topics { get; } =
    [
        ("fees_and_debt", "Fees and debt"), ("documents", "Identity documents"), ("deception", "Deception about the job"), ("wages", "Wages"),
        ("hours", "Hours and rest"), ("movement", "Freedom of movement"), ("violence", "Violence and threats"), ("children", "Children at work"),
        ("association", "Freedom of association"), ("housing", "Housing"), ("health_and_safety", "Health and safety"), ("remedy", "Complaint and remedy"),
    ];

    [BindProperty(SupportsGet = true)]
    public string? Topic { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Cursor { get; set; }

    public RiskClient.Portfolio? Portfolio { get; private set; }

    public bool IsFirstPage => string.IsNullOrEmpty(Cursor);

    public async Task OnGetAsync(CancellationToken stop)
    {
        Portfolio = await risk.Sites(Topic, Cursor, stop);
        if (Portfolio is null) Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    internal string? More() => Portfolio?.Next is { } next
        ? $"/brands?cursor={Uri.EscapeDataString(next)}{(Topic is { Length: > 0 } ? $"&topic={Uri.EscapeDataString(Topic)}" : "")}"
        : null;
}
