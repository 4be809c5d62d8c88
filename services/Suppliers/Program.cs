using Recruitment.Platform;

namespace Recruitment.Suppliers;

/// <summary>This service as a process of its own.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddServiceDefaults("suppliers");
        builder.AddSuppliers();
        builder.AddMessaging(SuppliersService.AddSuppliersConsumers);

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapSuppliers();
        return app;
    }
}
