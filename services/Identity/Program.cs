using Recruitment.Platform;

namespace Recruitment.Identity;

/// <summary>The identity service alone.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("identity");
        builder.AddIdentity();
        builder.AddMessaging(); // it hears nothing and publishes nothing

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapIdentity();
        return app;
    }
}
