using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Recruitment.Identity.Pages.Identity.Account;

/// <summary>/identity/account/protect: before the first page opens in operation, everybody takes a passkey or an authenticator app.</summary>
public sealed class ProtectModel : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }
}
