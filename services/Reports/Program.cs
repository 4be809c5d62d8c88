using Recruitment.Platform;

namespace Recruitment.Reports;

/// <summary>The service alone.</summary>
public sealed class Program
{
    private Program() { }

    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("reports");
        builder.AddReports();
        builder.AddMessaging(ReportsService.AddReportsConsumers);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapReports();
        app.Run();
    }
}
