using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Public.Register;

/// <summary>The answer in ten seconds about one recruiter, with what always stands beside it.</summary>
[AllowAnonymous]
public sealed class RecruiterModel(RegisterClient register) : PageModel
{
    public RegisterClient.Recruiter? Found { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        Found = await register.Get(id, stop);
        if (Found is null) Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
