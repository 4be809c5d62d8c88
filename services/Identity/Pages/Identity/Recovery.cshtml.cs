using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.People;
using Recruitment.Identity.Recoveries;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/recovery: begins the recovery that somebody asked for, by the link in his mail. From here on others decide, and time passes.</summary>
[AllowAnonymous]
public sealed class RecoveryModel : PageModel
{
    private readonly PersonLinks links;
    private readonly AccountRecovery recoveries;
    private readonly UserManager<Person> people;
    private readonly Spoken spoken;

    public RecoveryModel(IServiceProvider services)
    {
        links = services.GetRequiredService<PersonLinks>();
        recoveries = services.GetRequiredService<AccountRecovery>();
        people = services.GetRequiredService<UserManager<Person>>();
        spoken = services.GetRequiredService<Spoken>();
    }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    public bool IsGood { get; private set; }

    public bool IsDone { get; private set; }

    public async Task OnGetAsync() => IsGood = await links.Find(Token ?? "", PersonLink.Recovery) is not null;

    public async Task OnPostAsync()
    {
        if (await links.Find(Token ?? "", PersonLink.Recovery) is not { } link || !await links.Use(link)) return;
        await recoveries.Begin((await people.FindByIdAsync(link.PersonId.ToString()))!, spoken.Language);
        IsDone = true;
    }
}
