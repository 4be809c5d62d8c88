using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/confirm: whoever has the link reads the mails of this address. It asks for a press of a button, for programs that look at mails open links as well.</summary>
[AllowAnonymous]
public sealed class ConfirmModel : PageModel
{
    private readonly PersonLinks links;
    private readonly UserManager<Person> people;
    private readonly Notices notices;
    private readonly PageTrail trail;
    private readonly OpenSessions sessions;
    private readonly Spoken spoken;

    public ConfirmModel(IServiceProvider services)
    {
        links = services.GetRequiredService<PersonLinks>();
        people = services.GetRequiredService<UserManager<Person>>();
        notices = services.GetRequiredService<Notices>();
        trail = services.GetRequiredService<PageTrail>();
        sessions = services.GetRequiredService<OpenSessions>();
        spoken = services.GetRequiredService<Spoken>();
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
        var (before, wasProved) = (person.Email!, person.EmailConfirmed);
        (person.Email, person.UserName, person.EmailConfirmed) = (link.Value, link.Value, true);
        // The old address hears of it in the same moment, or nothing happens.
        var isOther = !string.Equals(before, link.Value, StringComparison.OrdinalIgnoreCase);
        if (isOther) await Tell(person, before, wasProved);
        var session = await sessions.Current(HttpContext);
        await trail.Add(isOther ? "ChangeEmail" : "ConfirmEmail", person.Id, session?.PersonId == person.Id ? session.Id : null);
        IsDone = (await people.UpdateAsync(person)).Succeeded;
        return Page();
    }

    /// <summary>One that nobody proved may be a stranger's, who gets no way into the account.</summary>
    private async Task Tell(Person person, string before, bool wasProved)
    {
        if (wasProved) notices.AddWayBack(before, "email-changed-undo", "old-email", await links.New(person.Id, PersonLink.OldEmail, before), spoken.Language);
        else notices.Add(before, "email-changed");
    }
}
