using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Recruitment.Platform;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>/organisation: an owner sees who belongs to her organisation, invites others, ends what is over, and offers the organisation to another member.</summary>
public sealed class IndexModel(OrganisationClient organisations) : OrganisationPage(organisations)
{
    public static IReadOnlyList<string> Givers { get; } = ["stays_owner", "stays_member", "leaves"];

    public OrganisationClient.Organisation Organisation { get; private set; } = null!;
    public IReadOnlyList<OrganisationClient.Person> People { get; private set; } = [];
    public IReadOnlyList<OrganisationClient.Invitation> Invitations { get; private set; } = [];
    public IReadOnlyList<OrganisationClient.Transfer> Offers { get; private set; } = [];

    /// <summary>Shown in the answer to the form that made it, and never again.</summary>
    public string? Link { get; private set; }

    /// <summary>Which field of the invitation is wrong.</summary>
    public (string Field, string Sentence)? Wrong { get; private set; }

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    /// <summary>As the field sends it.</summary>
    [BindProperty]
    public string? Until { get; set; }

    /// <summary>What somebody can be invited as: all but owner, and no role that two administrators give together.</summary>
    public IEnumerable<string> Offered => Organisation.Roles.Where(r => r != Roles.Owner && !IsGivenByTwo(r));

    /// <summary>Given and ended on the administrators' own pages, which say what hangs on it.</summary>
    public static bool IsGivenByTwo(string role) => role is Roles.CaseHandler or Roles.ProtectionOfficer or Roles.Administrator;

    /// <summary>Whether somebody can answer for this organisation until a day.</summary>
    public bool HasDelegates => Organisation.Kind is PartyKinds.Supplier or PartyKinds.Recruiter;

    public IEnumerable<OrganisationClient.Person> Members => People.Where(p => p.Roles.Any(r => r.IsOpen));

    /// <summary>Where whoever was offered the organisation answers.</summary>
    public string WhereToAnswer => $"{Request.Scheme}://{Request.Host}{At("/ownership")}";

    public Task OnGetAsync(CancellationToken stop) => Load(stop);

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken stop)
    {
        await Load(stop);
        DateOnly? until = null;
        if (!Offered.Contains(Role)) Wrong = ("role", T("invite.choose-role"));
        else if (!string.IsNullOrWhiteSpace(Email) && (!Email.Contains('@', StringComparison.Ordinal) || Email.Length > 254)) Wrong = ("email", T("invite.bad-email"));
        else if (!string.IsNullOrWhiteSpace(Until))
        {
            if (DateOnly.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) until = day;
            else Wrong = ("until", T("invite.bad-day"));
        }
        if (Wrong is not null) return Page();

        var (link, refusal) = await Organisations.Invite(Party, Role!, string.IsNullOrWhiteSpace(Email) ? null : Email.Trim(), until, Once, stop);
        if (refusal is not null) Wrong = (refusal.Code == "bad-last-day" ? "until" : "role", Said(refusal));
        if (link is null) return Page();

        Link = $"{Request.Scheme}://{Request.Host}{link}";
        Once = new();
        ModelState.Clear();
        (Role, Email, Until) = (null, null, null);
        Invitations = await Organisations.Invitations(Party, stop);
        return Page();
    }

    public Task<IActionResult> OnPostWithdrawAsync(Guid id, CancellationToken stop) => Change(Organisations.Withdraw(Party, id, stop), "done.withdrawn", stop);

    public Task<IActionResult> OnPostOwnerAsync(Guid person, CancellationToken stop) => Change(Organisations.GiveRole(Party, person, Roles.Owner, stop), "done.owner", stop);

    public Task<IActionResult> OnPostEndAsync(Guid person, Guid membership, CancellationToken stop) => Change(Organisations.EndRole(Party, person, membership, stop), "done.ended", stop);

    public Task<IActionResult> OnPostAgainAsync(Guid person, Guid membership, CancellationToken stop) => Change(Organisations.GiveBack(Party, person, membership, stop), "done.again", stop);

    public Task<IActionResult> OnPostDepartAsync(Guid person, CancellationToken stop) => Change(Organisations.Depart(Party, person, stop), "done.departed", stop);

    public Task<IActionResult> OnPostOfferAsync(Guid to, string? giver, CancellationToken stop) => Change(Organisations.Offer(Party, to, giver ?? "", Once, stop), "done.offered", stop);

    public Task<IActionResult> OnPostTakeBackAsync(Guid id, CancellationToken stop) => Change(Organisations.Answer(id, "withdraw", stop), "done.taken-back", stop);

    /// <summary>An ended role that the person has not been given back since, and that was not for a time alone.</summary>
    public static bool CanBeGivenBack(OrganisationClient.Person person, OrganisationClient.Role role)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(role);
        return !role.IsOpen && person.Roles.Last(r => r.Name == role.Name) == role;
    }

    private async Task<IActionResult> Change(Task<OrganisationClient.Refusal?> change, string done, CancellationToken stop)
    {
        if (await change is { } refusal)
        {
            Problem = Said(refusal);
            await Load(stop);
            return Page();
        }
        Done = T(done);
        return LocalRedirect(At("/organisation"));
    }

    private async Task Load(CancellationToken stop)
    {
        Organisation = await Organisations.Get(Party, stop);
        People = await Organisations.People(Party, stop);
        Invitations = await Organisations.Invitations(Party, stop);
        Offers = [.. (await Organisations.Transfers(stop)).Where(t => t.IsMine && t.PartyId == Party)];
    }
}
