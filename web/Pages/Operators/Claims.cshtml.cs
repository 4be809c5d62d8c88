using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;
using Recruitment.Web.Hosting;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators/claims: the administrator verifies who answers for an organisation, on a written basis, or refuses it; and sees whose review of access is late.</summary>
[ConfirmsFirst]
public sealed class ClaimsModel(OversightClient oversight, SuppliersClient suppliers) : PageModel
{
    public static IReadOnlyList<(string Code, string Words)> Bases { get; } =
    [
        ("register_extract", "Extract of a public register"), ("letter_of_the_organisation", "Letter of the organisation"), ("called_back_on_a_known_number", "Called back on a number known before"),
        ("met_on_site", "Met on site"), ("mail_of_its_own_domain", "Mail from its own domain"),
    ];

    public OversightClient.Claims Pending { get; private set; } = new([], null);
    public IReadOnlyList<OversightClient.OverdueReview> Overdue { get; private set; } = [];
    public IReadOnlyDictionary<Guid, string> Names { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>Which organisation's form was refused, and why.</summary>
    public (Guid Party, string Sentence)? Problem { get; private set; }

    [TempData]
    public string? Done { get; set; }

    [BindProperty]
    public Once Once { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public Guid? Cursor { get; set; }

    public string? Papers { get; private set; }

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostAsync(Guid party, string? act, string? basis, string? papers, CancellationToken stop)
    {
        var outcome = act == "refuse" ? "refused" : "verified";
        var refusal = Bases.All(b => b.Code != basis) ? "Choose on what basis you decide." : await oversight.Verify(party, outcome, basis!, papers, Once, stop);
        if (refusal is null)
        {
            Done = outcome == "verified" ? "Verified." : "Refused: every role in that organisation has ended.";
            return LocalRedirect("/operators/claims");
        }
        (Problem, Papers) = ((party, refusal), papers);
        await Load(stop);
        return Page();
    }

    public string NameOf(Guid party) => Names.GetValueOrDefault(party, "An organisation that is registered nowhere");

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task Load(CancellationToken stop)
    {
        Pending = await oversight.PendingClaims(Cursor, stop);
        Overdue = (await oversight.OverdueReviews(stop)).Items;
        Names = (await suppliers.NamesOf(Pending.Items.Select(c => c.PartyId).Concat(Overdue.Select(o => o.PartyId)), stop)).ToDictionary(o => o.Id, o => o.Name);
    }
}
