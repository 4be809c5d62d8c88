using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.CaseHandlers;

/// <summary>/casehandlers/key: a case handler makes her key, once.</summary>
public sealed class KeyModel(GrievancesClient grievances) : PageModel
{
    public bool HasKey { get; private set; }

    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        var (status, _) = await grievances.Pass(HttpMethod.Get, "readers/me", null, null, stop);
        if (status == HttpStatusCode.Unauthorized) throw new HttpRequestException("The session has ended.", null, status);
        HasKey = status == HttpStatusCode.OK;
        Problem = status == HttpStatusCode.Forbidden ? "Only case handlers make a key." : null;
    }
}
