using Recruitment.Accreditation;
using Recruitment.Grievances;
using Recruitment.Identity;
using Recruitment.Platform;
using Recruitment.Register;
using Recruitment.Reports;
using Recruitment.Risk;
using Recruitment.Suppliers;
using Recruitment.Web;

namespace Recruitment.AllInOne;

/// <summary>The embedded default: every service and the web in one process, on SQLite and an in-memory bus. With <c>backup</c> or <c>restore</c> as its first word it does that instead.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args)
    {
        if (!Backups.BackupCommands.Are(args)) return Starting.Run(args, Build);

        Environment.ExitCode = Backups.BackupCommands.Run(args);
        return Task.CompletedTask;
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddHostedService<OneProgramOnly>(); // before anything is read or written
        builder.AddServiceDefaults("all-in-one", "identity", "suppliers", "accreditation", "grievances", "risk", "reports", "register");
        builder.AddIdentity();
        builder.AddSuppliers();
        builder.AddAccreditation();
        builder.AddGrievances();
        builder.AddRisk();
        builder.AddReports();
        builder.AddRegister();
        builder.AddWeb();
        builder.Services.AddHostedService<Demonstration.LoadDemonstration>();
        builder.AddMessaging(
            IdentityService.AddIdentityConsumers,
            SuppliersService.AddSuppliersConsumers,
            AccreditationService.AddAccreditationConsumers,
            GrievancesService.AddGrievancesConsumers,
            RiskService.AddRiskConsumers,
            ReportsService.AddReportsConsumers,
            RegisterService.AddRegisterConsumers);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapIdentity();
        app.MapSuppliers();
        app.MapAccreditation();
        app.MapGrievances();
        app.MapRisk();
        app.MapReports();
        app.MapRegister();
        app.MapWeb();
        return app;
    }
}
