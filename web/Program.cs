using Recruitment.Platform;

namespace Recruitment.Web;

/// <summary>The web alone: pages for every reader, talking to the services over HTTP.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("web");
        builder.AddWeb();
        builder.AddMessaging();

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapWeb();
        return app;
    }
}
