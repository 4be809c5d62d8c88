using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using MimeKit;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity.Account;

/// <summary>/identity/account/email: proves an address by a link sent to it, the account's own or another that takes its place then.</summary>
public sealed class EmailModel : PageModel
{
    private readonly Owner owner;
    private readonly PersonLinks links;
    private readonly Notices notices;
    private readonly Tries tries;
    private readonly IdentityDb db;
    private readonly Spoken spoken;

    public EmailModel(IServiceProvider services)
    {
        owner = services.GetRequiredService<Owner>();
        links = services.GetRequiredService<PersonLinks>();
        notices = services.GetRequiredService<Notices>();
        tries = services.GetRequiredService<Tries>();
        db = services.GetRequiredService<IdentityDb>();
        spoken = services.GetRequiredService<Spoken>();
    }

    public string Now { get; private set; } = "";
    public bool IsConfirmed { get; private set; }
    public bool IsAsked { get; private set; }
    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await OnPostAsync(null);

    public async Task<IActionResult> OnPostAsync(string? email)
    {
        var here = await owner.Of(HttpContext);
        if (owner.ToProve(here, HttpContext) is { } prove) return prove;
        (Now, IsConfirmed) = (here.Person.Email!, here.Person.EmailConfirmed);
        if (!HttpMethods.IsPost(Request.Method)) return Page();
        if (email is null || !MailboxAddress.TryParse(email, out var address) || address.Address != email)
        {
            Problem = spoken["email.wrong"];
            return Page();
        }
        // Whether another account has it is told to nobody: only whoever reads its mails could use the link, and then it is refused.
        IsAsked = true;
        // Strangers who ask for mails to this address do not keep whoever is signed in from his.
        if (!await tries.Allows(Tries.Mails, email, device: null) && !await tries.Allows(Tries.Mails, email, $"person-{here.Person.Id:N}")) return Page();
        notices.AddLink(email, "confirm-email", "confirm", await links.New(here.Person.Id, PersonLink.Email, email), spoken.Language);
        await db.SaveChangesAsync();
        return Page();
    }
}
