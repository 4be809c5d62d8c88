using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators: the administrator sees who can sign in as what, and makes links for others.</summary>
public sealed class IndexModel(IdentityClient identity) : PageModel
{
    public static IReadOnlyList<(string Kind, string Role)> Choices { get; } =
    [
        (PartyKinds.Operator, Roles.CaseHandler), (PartyKinds.Operator, Roles.ProtectionOfficer), (PartyKinds.Operator, Roles.SchemeManager),
        (PartyKinds.Operator, Roles.Administrator), (PartyKinds.Brand, Roles.BrandAnalyst), (PartyKinds.Supplier, Roles.SupplierUser),
        (PartyKinds.Recruiter, Roles.RecruiterUser), (PartyKinds.AuditBody, Roles.Auditor), (PartyKinds.AuditBody, Roles.DecisionMaker),
    ];

    public IReadOnlyList<IdentityClient.Person> People { get; private set; } = [];
    public string? More { get; private set; }
    public bool HasDemonstrationClock { get; private set; }
    public string? Link { get; private set; }
    public string? Problem { get; private set; }

    /// <summary>Where the page of people begins.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Cursor { get; set; }

    [BindProperty]
    public string? Party { get; set; }

    [BindProperty]
    public string? Role { get; set; }

    public async Task OnGetAsync(CancellationToken stop) => await Load(stop);

    public async Task OnPostAsync(CancellationToken stop)
    {
        var chosen = (Role ?? "").Split('/');
        if (chosen.Length != 2) Problem = "Choose a role.";
        else if (Organisation() is not { } party) Problem = "That is no organisation number. Copy it from the organisation's page.";
        else if (chosen[0] != PartyKinds.Operator && string.IsNullOrWhiteSpace(Party)) Problem = "This role belongs to another organisation than yours: fill in its number.";
        else await Invite(party, chosen[0], chosen[1], stop);
        await Load(stop);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid person, Guid membership, CancellationToken stop)
    {
        Problem = await identity.End(person, membership, stop);
        if (Problem is null) return RedirectToPage(new { Cursor });

        await Load(stop);
        return Page();
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private async Task Invite(Guid party, string kind, string role, CancellationToken stop)
    {
        var (made, refusal) = await identity.Invite(party, kind, role, stop);
        Link = made is null ? null : $"{Request.Scheme}://{Request.Host}{made.Link}";
        Problem = refusal;
    }

    private Guid? Organisation()
    {
        if (!string.IsNullOrWhiteSpace(Party)) return Guid.TryParse(Party, out var given) ? given : null;

        return Guid.TryParse(User.FindFirst("party")?.Value, out var own) ? own : null;
    }

    private async Task Load(CancellationToken stop)
    {
        var page = await identity.People(Cursor, stop);
        (People, More) = (page.Items, page.Next is null ? null : $"?cursor={page.Next}");
        HasDemonstrationClock = await identity.Today(stop) is not null;
    }
}
