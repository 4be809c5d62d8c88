using Recruitment.Web.Clients;

namespace Recruitment.Web.Pages.Workers;

/// <summary>Before anything is typed: who reads this and when, what they cannot do, and the limits; or that intake is closed and why.</summary>
public sealed class StartModel(GrievancesClient grievances) : WorkerPage(grievances)
{
    public static void OnGet()
    {
    }
}
