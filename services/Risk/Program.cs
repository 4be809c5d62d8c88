using Recruitment.Platform;

namespace Recruitment.Risk;

/// <summary>The service alone.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("risk");
        builder.AddRisk();
        builder.AddMessaging(RiskService.AddRiskConsumers);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapRisk();
        return app;
    }
}
