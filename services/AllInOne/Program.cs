using Recruitment.Grievances;
using Recruitment.Identity;
using Recruitment.Platform;
using Recruitment.Reports;
using Recruitment.Web;

namespace Recruitment.AllInOne;

/// <summary>The embedded default: every service and the web in one process, on SQLite and an in-memory bus.</summary>
public sealed class Program
{
    private Program() { }

    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("all-in-one", "identity", "suppliers", "accreditation", "grievances", "risk", "reports", "register");
        builder.AddIdentity();
        builder.AddGrievances();
        builder.AddReports();
        builder.AddWeb();
        builder.AddMessaging(
            IdentityService.AddIdentityConsumers,
            GrievancesService.AddGrievancesConsumers,
            ReportsService.AddReportsConsumers);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapIdentity();
        app.MapGrievances();
        app.MapReports();
        app.MapWeb();
        app.Run();
    }
}
