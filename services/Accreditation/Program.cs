using Recruitment.Platform;

namespace Recruitment.Accreditation;

/// <summary>Accreditation on its own: the host of operation behind the gateway.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("accreditation");
        builder.AddAccreditation();
        builder.AddMessaging(AccreditationService.AddAccreditationConsumers);
        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapAccreditation();
        return app;
    }
}
