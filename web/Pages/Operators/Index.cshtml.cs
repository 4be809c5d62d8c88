using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Operators;

/// <summary>/operators: the administrator sees who can sign in as what, and makes links for others.</summary>
public sealed class IndexModel(IdentityClient identity, SuppliersClient suppliers, GrievancesClient grievances) : PageModel
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

    /// <summary>A role that is not ended before the administrator has read what comes of it.</summary>
    public (Guid Person, Guid Membership, string Consequence)? Asked { get; private set; }

    /// <summary>Where the page of people begins.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Cursor { get; set; }

    /// <summary>The organisation that somebody is invited into; none means the administrator's own.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Party { get; set; }

    /// <summary>Part of the name of an organisation.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    /// <summary>Where the page of organisations found begins.</summary>
    [BindProperty(SupportsGet = true)]
    public int After { get; set; }

    public SuppliersClient.Organisations? Found { get; private set; }

    public SuppliersClient.Organisation? Chosen { get; private set; }

    public IReadOnlyDictionary<Guid, string> OrganisationNames { get; private set; } = new Dictionary<Guid, string>();

    /// <summary>What somebody can be in the chosen organisation.</summary>
    public IEnumerable<(string Kind, string Role)> Offered => Choices.Where(c => c.Kind == (Chosen?.Kind ?? PartyKinds.Operator));

    [BindProperty]
    public string? Role { get; set; }

    public async Task OnGetAsync(CancellationToken stop) => await Load(stop);

    public async Task OnPostAsync(CancellationToken stop)
    {
        await Load(stop);
        var chosen = Offered.FirstOrDefault(c => c.Role == Role);
        if (chosen.Role is null) Problem = "Choose a role.";
        else if (Party is not null && Chosen is null) Problem = "This organisation is not known. Search for it again.";
        else if (Party is null && Own() is null) Problem = "Your account belongs to no organisation. Search for the one you mean.";
        else await Invite(Party ?? Own()!.Value, chosen.Kind, chosen.Role, stop);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid person, Guid membership, bool sure, CancellationToken stop)
    {
        if (!sure && await ConsequenceOfEnding(person, membership, stop) is { } consequence)
        {
            await Load(stop);
            Asked = (person, membership, consequence);
            return Page();
        }
        Problem = await identity.End(person, membership, stop);
        if (Problem is null) return RedirectToPage(new { Cursor });

        await Load(stop);
        return Page();
    }

    public async Task<IActionResult> OnPostGiveBackAsync(Guid person, Guid membership, CancellationToken stop)
    {
        Problem = await identity.GiveBack(person, membership, stop);
        if (Problem is null) return RedirectToPage(new { Cursor });

        await Load(stop);
        return Page();
    }

    /// <summary>An ended role that she has not been given back since.</summary>
    public static bool CanBeGivenBack(IdentityClient.Person person, IdentityClient.Role role) =>
        role.To is not null && person.Roles.Last(r => (r.PartyId, r.Name) == (role.PartyId, role.Name)) == role;

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What workers lose with a reader; null when nothing. Of a person without a key nothing is known and nothing lost.</summary>
    private async Task<string?> ConsequenceOfEnding(Guid person, Guid membership, CancellationToken stop)
    {
        var ending = (await identity.People(Cursor, stop)).Items.SelectMany(p => p.Roles).FirstOrDefault(r => r.MembershipId == membership);
        if (ending is not null && ending.Name != Roles.CaseHandler) return null;

        IReadOnlyList<GrievancesClient.Reader> readers;
        try
        {
            readers = await grievances.Readers(stop);
        }
        catch (HttpRequestException)
        {
            // Somebody who must go at once can go all the same.
            return "The service for cases does not answer, so it is not known whether cases need this person.";
        }
        if (readers.FirstOrDefault(r => r.Subject == person.ToString() && !r.HasLeft) is not { } leaving) return null;

        var lost = new List<string>();
        if (leaving.HoldsAlone) lost.Add("There are cases that nobody else can open: let her name whom they are about and pass them on to another reader first. Otherwise nobody reads them until this role is given back to the same account, which you can do on this page.");
        if (leaving.Intake && !readers.Any(r => r != leaving && r is { Intake: true, HasLeft: false })) lost.Add("Nobody else is on the intake team: intake closes, and workers are told that nobody reads.");
        return lost.Count == 0 ? null : string.Join(' ', lost);
    }

    private async Task Invite(Guid party, string kind, string role, CancellationToken stop)
    {
        var (made, refusal) = await identity.Invite(party, kind, role, stop);
        Link = made is null ? null : $"{Request.Scheme}://{Request.Host}{made.Link}";
        Problem = refusal;
    }

    private Guid? Own() => Guid.TryParse(User.FindFirst("party")?.Value, out var own) ? own : null;

    private async Task Load(CancellationToken stop)
    {
        var page = await identity.People(Cursor, stop);
        (People, More) = (page.Items, page.Next is null ? null : $"?cursor={page.Next}");
        var ids = People.SelectMany(p => p.Roles.Select(r => r.PartyId));
        var organisations = await suppliers.NamesOf(Party is { } party ? ids.Append(party) : ids, stop);
        OrganisationNames = organisations.ToDictionary(o => o.Id, o => o.Name);
        Chosen = organisations.FirstOrDefault(o => o.Id == Party);
        if (!string.IsNullOrWhiteSpace(Find))
        {
            var outcome = await suppliers.FindOrganisations(Find, Math.Max(0, After), stop);
            (Found, Problem) = (outcome.Value, outcome.Problem ?? Problem);
        }
        HasDemonstrationClock = await identity.Today(stop) is not null;
    }
}
