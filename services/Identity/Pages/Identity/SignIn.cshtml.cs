using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Identity.Tokens;
using Recruitment.Platform;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/sign-in: e-mail and password. A refusal does not tell which of the two was wrong.</summary>
[AllowAnonymous]
public sealed class SignInModel : PageModel
{
    private const string NotRight = "E-mail or password is not right. Check both and try again.";

    private readonly UserManager<Person> people;
    private readonly SignInThrottle throttle;
    private readonly IdentityDb db;
    private readonly TimeProvider time;

    /// <summary>A page model must be public and what it needs is not: it asks for it by hand.</summary>
    public SignInModel(IServiceProvider services)
    {
        people = services.GetRequiredService<UserManager<Person>>();
        throttle = services.GetRequiredService<SignInThrottle>();
        db = services.GetRequiredService<IdentityDb>();
        time = services.GetRequiredService<TimeProvider>();
    }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    [BindProperty]
    public string? Password { get; set; }

    public string? Problem { get; private set; }

    /// <summary>Somebody who is signed in and is to prove it anew. Another person may come in all the same: it is theirs that counts then.</summary>
    public bool IsAnew { get; private set; }

    public async Task OnGetAsync() => Email = await KnownAs();

    public async Task<IActionResult> OnPostAsync()
    {
        var known = await KnownAs();
        // A field that was left empty is bound as nothing at all; nobody's e-mail or password is empty.
        if (Email is null || Password is null)
        {
            Problem = NotRight;
            return Page();
        }
        if (!throttle.Allows(Email, HttpContext.Connection.RemoteIpAddress?.ToString() ?? ""))
        {
            Problem = "Too many tries from here. Wait five minutes and try again.";
            return Page();
        }
        var person = await people.FindByEmailAsync(Email);
        // A stranger's password is hashed as well, so that the time of the answer tells nothing either.
        var right = await people.CheckPasswordAsync(person ?? Nobody, Password);
        var party = await PartyOf(person);
        if (person is null || !right)
        {
            await Note(person, party, "not-right");
            Problem = NotRight;
            return Page();
        }
        if (known is not null && known != person.Email)
        {
            // What the first one has open in other tabs would be the other's, and what is typed there lost.
            Problem = $"You are signed in as {known}. To go on as somebody else, sign out first.";
            return Page();
        }
        if (party is null)
        {
            await Note(person, party, "no-role");
            Problem = "This account has no role any more. Ask an administrator of your organisation.";
            return Page();
        }
        await Note(person, party, refused: null);
        await HttpContext.SignInAsync(Issuer.Cookie, Session.Begin(person, time));
        return LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/sign-in");
    }

    /// <summary>The organisation that the person acts for: the first that is open, as tokens say it.</summary>
    private Task<Guid?> PartyOf(Person? person)
    {
        var id = person?.Id ?? Guid.Empty;
        return db.Memberships.Open(time.GetUtcNow().UtcDateTime).Where(m => m.PersonId == id).OrderBy(m => m.From).Select(m => (Guid?)m.PartyId).FirstOrDefaultAsync();
    }

    private async Task Note(Person? person, Guid? party, string? refused)
    {
        db.Audit("SignIn", person?.Id, party, refused: refused);
        await db.SaveChangesAsync();
    }

    private async Task<string?> KnownAs()
    {
        var session = await HttpContext.AuthenticateAsync(Issuer.Cookie);
        var known = session.Succeeded ? await people.FindByIdAsync(session.Principal.FindFirstValue("sub") ?? "") : null;
        IsAnew = known is not null;
        return known?.Email;
    }

    private Person Nobody
    {
        get
        {
            var nobody = Person.New("nobody@nowhere.example");
            nobody.PasswordHash = NobodysHash ??= people.PasswordHasher.HashPassword(nobody, Guid.CreateVersion7().ToString());
            return nobody;
        }
    }

    private static string? NobodysHash { get; set; }
}
