using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Identity.Tokens;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/sso: leads to the provider of the organisation whose domain an address has. Which organisations have one is no secret: their domain's DNS says it.</summary>
[AllowAnonymous]
public sealed class SsoModel(IServiceProvider services) : PageModel
{
    private readonly IdentityDb db = services.GetRequiredService<IdentityDb>();
    private readonly SignInOutside outside = services.GetRequiredService<SignInOutside>();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnPostAsync()
    {
        var provider = await OwnProvider.Of(db, Email?.Trim() ?? "", HttpContext.RequestAborted);
        if (provider is null)
        {
            Problem = "No organisation has set up its own sign-in for this address. Check the address, or sign in with a passkey or password.";
            return Page();
        }
        try
        {
            var signedIn = await HttpContext.AuthenticateAsync(Issuer.Cookie);
            return Redirect(await outside.Begin(HttpContext, provider, Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : null, anew: signedIn.Succeeded, Email, HttpContext.RequestAborted));
        }
        catch (ProviderFailedException)
        {
            Problem = "Your organisation's own sign-in does not answer now. Try again in a minute; if it stays so, tell whoever looks after it.";
            return Page();
        }
    }
}
