using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/confirm: whoever has the link reads the mails of this address. It asks for a press of a button, for programs that look at mails open links as well.</summary>
[AllowAnonymous]
public sealed class ConfirmModel : PageModel
{
    private readonly PersonLinks links;
    private readonly UserManager<Person> people;
    private readonly Notices notices;

    public ConfirmModel(IServiceProvider services)
    {
        links = services.GetRequiredService<PersonLinks>();
        people = services.GetRequiredService<UserManager<Person>>();
        notices = services.GetRequiredService<Notices>();
    }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    /// <summary>What the link proves; null when it is not good.</summary>
    public string? Email { get; private set; }

    public bool IsDone { get; private set; }

    public async Task OnGetAsync() => Email = (await links.Find(Token ?? "", PersonLink.Email))?.Value;

    public async Task<IActionResult> OnPostAsync()
    {
        if (await links.Find(Token ?? "", PersonLink.Email) is not { } link || !await links.Use(link)) return Page();

        var person = (await people.FindByIdAsync(link.PersonId.ToString()))!;
        var before = person.Email!;
        (person.Email, person.UserName, person.EmailConfirmed) = (link.Value, link.Value, true);
        // The old address hears of it in the same moment, or nothing happens.
        if (!string.Equals(before, link.Value, StringComparison.OrdinalIgnoreCase)) notices.Add(before, "email-changed");
        IsDone = (await people.UpdateAsync(person)).Succeeded;
        return Page();
    }
}
