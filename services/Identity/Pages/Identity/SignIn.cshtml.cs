using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/sign-in: a passkey, or e-mail and password. A refusal does not tell which of the two was wrong; a second step is spoken of to nobody who has not the first.</summary>
[AllowAnonymous]
public sealed class SignInModel : PageModel
{
    private readonly UserManager<Person> people;
    private readonly Tries tries;
    private readonly KnownDevices devices;
    private readonly SecondSteps steps;
    private readonly Halfway halfway;
    private readonly Passkeys passkeys;
    private readonly Entry entry;
    private readonly AccountRecovery recoveries;
    private readonly OpenSessions sessions;
    private readonly Spoken spoken;

    /// <summary>A page model must be public and what it needs is not: it asks for it by hand.</summary>
    public SignInModel(IServiceProvider services)
    {
        people = services.GetRequiredService<UserManager<Person>>();
        tries = services.GetRequiredService<Tries>();
        devices = services.GetRequiredService<KnownDevices>();
        steps = services.GetRequiredService<SecondSteps>();
        halfway = services.GetRequiredService<Halfway>();
        passkeys = services.GetRequiredService<Passkeys>();
        entry = services.GetRequiredService<Entry>();
        recoveries = services.GetRequiredService<AccountRecovery>();
        sessions = services.GetRequiredService<OpenSessions>();
        spoken = services.GetRequiredService<Spoken>();
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

    internal Passkeys.Asked Passkey { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Email = await KnownAs();
        Passkey = await passkeys.ToProve(HttpContext);
    }

    public async Task<IActionResult> OnPostAsync(string? credential, string? state)
    {
        var known = await KnownAs();
        Passkey = await passkeys.ToProve(HttpContext);
        if (credential is not null) return await ByPasskey(known, credential, state ?? "");
        // A field that was left empty is bound as nothing at all; nobody's e-mail or password is empty.
        if (Email is null || Password is null) return Refuse("sign-in.wrong");

        var person = await people.FindByEmailAsync(Email);
        var device = person is null ? null : devices.Of(HttpContext, person);
        if (!await tries.Allows(Tries.Passwords, Email, device))
        {
            await entry.NoteRefused(person, "too-many");
            return Refuse("sign-in.too-many");
        }
        // A stranger's password is hashed as well, and that of whoever has none here, so that the time of the answer tells nothing either.
        var right = await people.CheckPasswordAsync(person is { PasswordHash: not null } ? person : Nobody, Password);
        if (person?.PasswordHash is null || !right)
        {
            await entry.NoteRefused(person, "not-right");
            return Refuse("sign-in.wrong");
        }
        await tries.WasRight(Tries.Passwords, Email, device);
        if (await MayNot(person, known) is { } refused) return refused;
        if (!(await steps.Of(person.Id)).Any) return LocalRedirect(await entry.Enter(HttpContext, person, Onwards, Ways.Password));

        if (await recoveries.Use(person)) return LocalRedirect(await entry.Enter(HttpContext, person, Onwards, Ways.Password, Ways.Recovery));

        halfway.Begin(HttpContext, person);
        return LocalRedirect($"{spoken.Path("second-step")}?returnUrl={Uri.EscapeDataString(Onwards)}");
    }

    /// <summary>Where the reader wanted to go, for another page of signing in.</summary>
    public string More => ReturnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(ReturnUrl)}";

    private string Onwards => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : "/sign-in";

    private async Task<IActionResult> ByPasskey(string? known, string credential, string state) =>
        await passkeys.Prove(HttpContext, credential, state) is not { } person ? Refuse("passkey.wrong")
        : await MayNot(person, known) ?? LocalRedirect(await entry.Enter(HttpContext, person, Onwards, Ways.Passkey));

    private async Task<IActionResult?> MayNot(Person person, string? known)
    {
        // What the first one has open in other tabs would be the other's, and what is typed there lost.
        if (known is not null && known != person.Email) return Refuse("sign-in.other", known);
        if (await entry.WhyNot(person) is not { } key) return null;

        await entry.NoteRefused(person, key["sign-in.".Length..]);
        return Refuse(key);
    }

    private PageResult Refuse(string key, params object?[] parts)
    {
        Problem = spoken.Of(key, parts);
        return Page();
    }

    private async Task<string?> KnownAs()
    {
        var known = await sessions.Current(HttpContext) is { } session ? await people.FindByIdAsync(session.PersonId.ToString()) : null;
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
