using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.CaseHandlers;

/// <summary>A case handler's first screen: who is in danger, then what is due next. Nothing of a case is readable here.</summary>
public sealed class IndexModel(GrievancesClient grievances) : PageModel
{
    public IReadOnlyList<GrievancesClient.Case> Cases { get; private set; } = [];

    public bool HasKey { get; private set; }

    public bool OnIntake { get; private set; }

    public string? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken stop)
    {
        try
        {
            var (status, me) = await grievances.Pass(HttpMethod.Get, "readers/me", null, stop);
            HasKey = status == HttpStatusCode.OK;
            if (!HasKey) return;
            OnIntake = me!.Value.GetProperty("intake").GetBoolean();
            Cases = await grievances.List(stop);
        }
        catch (HttpRequestException)
        {
            Problem = "The cases cannot be reached now. Load this page again in a moment.";
        }
    }
}
