using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.SingleSignOn;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.Pages.Identity;

/// <summary>/identity/sso: leads to the provider of the organisation whose domain an address has. Which organisations have one is no secret: their domain's DNS says it.</summary>
[AllowAnonymous]
public sealed class SsoModel(IServiceProvider services) : PageModel
{
    private readonly IdentityDb db = services.GetRequiredService<IdentityDb>();
    private readonly SignInOutside outside = services.GetRequiredService<SignInOutside>();
    private readonly OpenSessions sessions = services.GetRequiredService<OpenSessions>();
    private readonly Spoken spoken = services.GetRequiredService<Spoken>();

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    [BindProperty]
    public string? Email { get; set; }

    public string? Problem { get; private set; }

    /// <summary>Where the reader wanted to go, for another page of signing in.</summary>
    public string More => ReturnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(ReturnUrl)}";

    public async Task<IActionResult> OnPostAsync()
    {
        var provider = await OwnProvider.Of(db, Email?.Trim() ?? "", HttpContext.RequestAborted);
        if (provider is null)
        {
            Problem = spoken["sso.unknown"];
            return Page();
        }
        try
        {
            var signedIn = await sessions.Current(HttpContext);
            var there = await outside.Begin(HttpContext, provider, Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : null, anew: signedIn is not null, Email, HttpContext.RequestAborted);
            // A redirect after a form would be held against form-action.
            return new ViewResult { ViewName = "/Pages/Identity/GoOn.cshtml", ViewData = new ViewDataDictionary<Uri>(MetadataProvider, ModelState) { Model = new Uri(there) } };
        }
        catch (ProviderFailedException)
        {
            Problem = spoken["sso.away"];
            return Page();
        }
    }
}
