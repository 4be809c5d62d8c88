using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Sessions;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/not-me: whoever gets a notice of a recovery stops it, without signing in, and ends every session: somebody else has the password.</summary>
[AllowAnonymous]
public sealed class NotMeModel : PageModel
{
    private readonly PersonLinks links;
    private readonly AccountRecovery recoveries;
    private readonly OpenSessions sessions;
    private readonly PageTrail trail;

    public NotMeModel(IServiceProvider services)
    {
        links = services.GetRequiredService<PersonLinks>();
        recoveries = services.GetRequiredService<AccountRecovery>();
        sessions = services.GetRequiredService<OpenSessions>();
        trail = services.GetRequiredService<PageTrail>();
    }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public bool IsGood { get; private set; }

    public bool IsDone { get; private set; }

    public async Task OnGetAsync() => IsGood = await links.Find(Token ?? "", PersonLink.NotMe) is not null;

    public async Task OnPostAsync()
    {
        if (await links.Find(Token ?? "", PersonLink.NotMe) is not { } link) return;
        await trail.Add("StopRecovery", link.PersonId, session: null, link.Value);
        await recoveries.End(link.PersonId, Recoveries.Recovery.NotMe);
        await sessions.EndAll(link.PersonId, Session.NotMe);
        await links.Use(link);
        IsDone = true;
    }
}
