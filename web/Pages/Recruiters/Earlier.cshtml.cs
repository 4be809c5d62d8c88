using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Recruiters;

/// <summary>One of the recruiter's own applications that have ended, to be read for as long as it is kept.</summary>
public sealed class EarlierModel(AccreditationClient accreditation) : PageModel
{
    public AccreditationClient.Application Application { get; private set; } = null!;

    public AccreditationClient.Scheme Scheme { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken stop)
    {
        if (await accreditation.Get(id, stop) is not { } application) return NotFound();
        if (!application.HasEnded) return Redirect("/recruiters"); // what is under way has its place there
        (Application, Scheme) = (application, await accreditation.GetScheme(stop));
        return Page();
    }
}
