using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.Credentials;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/old-email: whoever reads the mails of an address that was changed puts it back, without signing in, and ends every session: somebody else had one.</summary>
[AllowAnonymous]
public sealed class OldEmailModel : PageModel
{
    private readonly PersonLinks links;
    private readonly OldEmail old;

    public OldEmailModel(IServiceProvider services)
    {
        links = services.GetRequiredService<PersonLinks>();
        old = services.GetRequiredService<OldEmail>();
    }

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    /// <summary>What would be put back; null when the link is not good.</summary>
    public string? Email { get; private set; }

    public bool IsDone { get; private set; }

    public async Task OnGetAsync() => Email = (await Link())?.Value;

    public async Task OnPostAsync() => IsDone = await Link() is { } link && await old.PutBack(link);

    private Task<PersonLink?> Link() => links.Find(Token ?? "", PersonLink.OldEmail);
}
