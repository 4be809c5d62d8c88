using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/new-password: another password by the link of a mail, once. It signs nobody in: the second step is asked for at the sign-in that follows.</summary>
[AllowAnonymous]
public sealed class NewPasswordModel : PageModel
{
    private readonly PersonLinks links;
    private readonly Passwords passwords;
    private readonly UserManager<Person> people;
    private readonly KnownDevices devices;
    private readonly Spoken spoken;

    public NewPasswordModel(IServiceProvider services)
    {
        links = services.GetRequiredService<PersonLinks>();
        passwords = services.GetRequiredService<Passwords>();
        people = services.GetRequiredService<UserManager<Person>>();
        devices = services.GetRequiredService<KnownDevices>();
        spoken = services.GetRequiredService<Spoken>();
    }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public bool IsGood { get; private set; }

    public string? Problem { get; private set; }

    public async Task OnGetAsync() => IsGood = await Link() is not null;

    public async Task<IActionResult> OnPostAsync(string? password)
    {
        if (await Link() is not { } link) return Page();

        var person = (await people.FindByIdAsync(link.PersonId.ToString()))!;
        // What can be refused is refused before the link is used up.
        Problem = await passwords.Refusal(person, password ?? "");
        var isKnown = devices.Of(HttpContext, person) is not null;
        if (Problem is null && await links.Use(link))
        {
            if (await passwords.Change(person, password!, except: null) is not null) return Page();
            if (isKnown) devices.Remember(HttpContext, person);
            return LocalRedirect(spoken.Path("sign-in"));
        }

        IsGood = Problem is not null;
        return Page();
    }

    private Task<PersonLink?> Link() => links.Find(Token ?? "", PersonLink.Password);
}
