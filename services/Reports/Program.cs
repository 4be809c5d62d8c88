using Recruitment.Platform;

namespace Recruitment.Reports;

/// <summary>The service alone.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("reports");
        builder.AddReports();
        builder.AddMessaging(ReportsService.AddReportsConsumers);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapReports();
        return app;
    }
}
