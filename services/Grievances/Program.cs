namespace Recruitment.Grievances;

public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("grievances");
        builder.AddGrievances();
        builder.AddMessaging(GrievancesService.AddGrievancesConsumers);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapGrievances();
        return app;
    }
}
