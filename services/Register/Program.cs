using Recruitment.Platform;

namespace Recruitment.Register;

/// <summary>The public register on its own: the host of operation behind the gateway.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("register");
        builder.AddRegister();
        builder.AddMessaging(RegisterService.AddRegisterConsumers);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapRegister();
        return app;
    }
}
