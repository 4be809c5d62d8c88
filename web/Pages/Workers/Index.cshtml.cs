using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Workers;

/// <summary>The first page: one's language, and nothing else.</summary>
public sealed class IndexModel(GrievancesClient grievances) : WorkerPage(grievances)
{
    public static void OnGet()
    {
    }
}
