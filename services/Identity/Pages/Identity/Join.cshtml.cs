using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.RoleRequests;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;
using Recruitment.Platform;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/join: an invited person makes the one account that the link is for. The first administrator comes the same way.</summary>
[AllowAnonymous]
public sealed class JoinModel : PageModel
{
    /// <summary>How long somebody who was cut off can come back and finish.</summary>
    private static readonly TimeSpan Unfinished = TimeSpan.FromDays(14);

    private readonly IdentityDb db;
    private readonly UserManager<Person> people;
    private readonly SuppliersClient suppliers;
    private readonly JoinProof proofs;
    private readonly TimeProvider time;
    private readonly Spoken spoken;
    private SuppliersClient.Invitation? invitation;

    public JoinModel(IServiceProvider services)
    {
        db = services.GetRequiredService<IdentityDb>();
        people = services.GetRequiredService<UserManager<Person>>();
        suppliers = services.GetRequiredService<SuppliersClient>();
        proofs = services.GetRequiredService<JoinProof>();
        time = services.GetRequiredService<TimeProvider>();
        spoken = services.GetRequiredService<Spoken>();
    }

    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    /// <summary>The link was printed by the program that was started, and sent by nobody.</summary>
    [BindProperty(SupportsGet = true)]
    public bool SetUp { get; set; }

    /// <summary>What the link of a mail brings back (<see cref="JoinProof"/>).</summary>
    [BindProperty(SupportsGet = true)]
    public string? Proof { get; set; }

    /// <summary>The address that was proved; null when none was.</summary>
    public string? Proved { get; private set; }

    /// <summary>The page asks for an address to be proved, and for nothing else.</summary>
    public bool IsToProve { get; private set; }

    public bool IsAsked { get; private set; }

    /// <summary>A field that was left empty is bound as nothing at all.</summary>
    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    /// <summary>What the link is for; null when it is not valid.</summary>
    public string? Welcome { get; private set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        await Look();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await Look()) return Page();

        // Everything that can be refused is refused before the link is used up.
        var person = Person.New(Proved ?? Email ?? "");
        if (!(await OwnLink())?.IsFor(person.Email) ?? false)
        {
            Problem = spoken["join.other-address"];
            return Page();
        }
        if (IsToProve) return await AskToProve(person);
        if (Proved is not null)
        {
            person.EmailConfirmed = true;
            await people.Proved(Proved);
        }
        if (await Refusal(person) is { } refusal)
        {
            Problem = refusal;
            return Page();
        }
        // From here on nothing stops because a browser is gone: what was begun with the organisation ends with an account.
        if (await Link() is not { } link || !await Take(link))
        {
            Welcome = null;
            return Page();
        }
        if (await Make(person, link, time.GetUtcNow().UtcDateTime) is not { } opened) return Page();

        await OpenSessions.Give(HttpContext, opened);
        return LocalRedirect("/sign-in");
    }

    private async Task<PageResult> AskToProve(Person person)
    {
        if (await IsNoAddress(person)) Problem = spoken["email.wrong"];
        else await proofs.Ask(Token, person.Email!);
        IsAsked = Problem is null;
        return Page();
    }

    /// <summary>Whether somebody has it is another question.</summary>
    private async Task<bool> IsNoAddress(Person person)
    {
        foreach (var validator in people.UserValidators)
            if ((await validator.ValidateAsync(people, person)).Errors.Any(e => !e.Code.StartsWith("Duplicate", StringComparison.Ordinal))) return true;
        return !MailboxAddress.TryParse(person.Email, out var address) || address.Address != person.Email;
    }

    /// <summary>The link that is kept here; for an invitation of Suppliers it is kept from now on, before Suppliers uses it up.</summary>
    private async Task<OneTimeLink?> Link()
    {
        if (await OwnLink() is { } known) return known;

        var kept = OneTimeLink.Kept(Token, invitation!.PartyId, invitation.Kind, invitation.Role, time.GetUtcNow().UtcDateTime + Unfinished);
        db.Links.Add(kept);
        try
        {
            await db.SaveChangesAsync();
            return kept;
        }
        catch (DbUpdateException)
        {
            // The same form sent twice: the other one has kept it.
            db.ChangeTracker.Clear();
            if (!await IsOurs()) throw;
            return await OwnLink();
        }
    }

    /// <summary>Closes the organisation to everybody else's invitations. Asked before the account is written: the answer may need a token, which is written to this very database.</summary>
    private async Task<bool> Take(OneTimeLink link)
    {
        if (link.IsInvitation) return await suppliers.Accept(Token, CancellationToken.None);
        // Suppliers and recruiters can be invited by others too; theirs must not open a second way in.
        if (link.Kind is PartyKinds.Supplier or PartyKinds.Recruiter) await suppliers.Claim(link.PartyId, CancellationToken.None);
        return true;
    }

    /// <summary>The account, its first session and the link's use, together or not at all. Null when nothing was made.</summary>
    private async Task<OpenSessions.Opened?> Make(Person person, OneTimeLink link, DateTime now)
    {
        try
        {
            await using var transaction = await Members.Begin(db, CancellationToken.None);
            if (!await FourEyes.Stands(db, link, now, CancellationToken.None))
            {
                Welcome = null;
                return null;
            }
            link.Use(now);
            await Members.Join(db, person, link.PartyId, link.Kind, link.Role, now, link.MembershipUntil, CancellationToken.None);
            var isFirst = link.Role == Roles.Administrator && await FirstAdministrator.IsMissing(db, CancellationToken.None);
            var opened = await HttpContext.RequestServices.GetRequiredService<OpenSessions>().Open(HttpContext, person, Ways.Password);
            db.Audit("Join", person.Id, link.PartyId, $"{opened.Session.Id}");
            var made = await people.CreateAsync(person, Password ?? "");
            if (!made.Succeeded)
            {
                Problem = spoken.Refusal(made);
                return null;
            }
            if (Proved is null) await ProveAddress(person);
            if (isFirst) await FirstAdministrator.EndOtherLinks(db, now, CancellationToken.None);
            await transaction!.CommitAsync();
            return opened;
        }
        catch (BrokenRuleException refused)
        {
            Problem = refused.Message;
            return null;
        }
        catch (DbUpdateException)
        {
            // The same link made an account at this very moment, or another of the set-up links the first one.
            db.ChangeTracker.Clear();
            if (await OwnLink() is not null) throw;
            Welcome = null;
            return null;
        }
    }

    /// <summary>Links of this kind are handed on by people: that somebody came by one says nothing of the address that was typed.</summary>
    private async Task ProveAddress(Person person)
    {
        var services = HttpContext.RequestServices;
        var token = await services.GetRequiredService<PersonLinks>().New(person.Id, PersonLink.Email, person.Email!);
        services.GetRequiredService<Notices>().AddLink(person.Email!, "confirm-email", "confirm", token, spoken.Language);
        await db.SaveChangesAsync();
    }

    private async Task<bool> Look()
    {
        if (string.IsNullOrEmpty(Token)) return false; // an empty one is bound as nothing

        Proved = proofs.Read(Token, Proof);
        IsToProve = Proved is null && await proofs.IsNeeded();
        var link = await OwnLink();
        if (link is { IsInvitation: false }) Welcome = await NameOf(link.PartyId) is { } name ? spoken.Of("join.one-of", name, spoken[$"role.{link.Role}"]) : spoken.Of("join.one", spoken[$"role.{link.Role}"]);
        // A used or expired link of ours is nobody else's invitation.
        else if (link is null && await IsOurs()) Welcome = null;
        else if ((invitation = await suppliers.Find(Token, HttpContext.RequestAborted)) is not null) Welcome = Greeting(invitation);
        else if (link is not null) Welcome = spoken["join.unfinished"];
        return Welcome is not null;
    }

    /// <summary>The organisation by name, so that nobody joins another than he thinks. The first administrator's may be registered nowhere yet, and no link waits for Suppliers.</summary>
    private async Task<string?> NameOf(Guid party)
    {
        try
        {
            return await suppliers.Find(party, HttpContext.RequestAborted) is { Name.Length: > 0 } known ? known.Name : null;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private string Greeting(SuppliersClient.Invitation invitation)
    {
        var inviter = invitation.InvitedBy.Length > 0 ? invitation.InvitedBy : spoken["join.somebody"];
        var greeting = spoken.Of("join.invited", inviter, invitation.PartyName);
        return invitation.Kind == PartyKinds.Supplier ? $"{greeting} {spoken.Of("join.sharing", inviter)}" : greeting;
    }

    private Task<bool> IsOurs()
    {
        var hash = OneTimeLink.HashOf(Token);
        return db.Links.AnyAsync(l => l.TokenHash == hash);
    }

    private async Task<OneTimeLink?> OwnLink()
    {
        var hash = OneTimeLink.HashOf(Token);
        var link = await db.Links.SingleOrDefaultAsync(l => l.TokenHash == hash);
        return link is not null && link.CanBeUsed(time.GetUtcNow().UtcDateTime) ? link : null;
    }

    private async Task<string?> Refusal(Person person)
    {
        foreach (var validator in people.UserValidators)
        {
            var valid = await validator.ValidateAsync(people, person);
            if (valid.Errors.Any(e => e.Code.StartsWith("Duplicate", StringComparison.Ordinal)))
                return spoken["join.twice"];
            // People sign in by e-mail and know of no other name; the framework's sentences speak of one.
            if (!valid.Succeeded) return spoken["email.wrong"];
        }
        foreach (var validator in people.PasswordValidators)
        {
            var valid = await validator.ValidateAsync(people, person, Password ?? "");
            if (!valid.Succeeded) return spoken.Refusal(valid);
        }
        return null;
    }
}
