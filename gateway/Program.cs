using Microsoft.AspNetCore.Diagnostics;
using Recruitment.Platform;

namespace Recruitment.Gateway;

/// <summary>The front door of separate processes: forwards each path, unchanged, to the service that owns it.</summary>
public sealed class Program
{
    private Program() { }

    public static Task Main(string[] args) => Starting.Run(args, Build);

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        KnownSettings.CheckFirst(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = SizeLimits.Largest;
        });
        builder.Logging.LeaveNoDiary();
        builder.Services.AddOptions<PlatformOptions>().Bind(builder.Configuration);
        builder.Services.KeepModesApart();
        builder.Services.AddHealthChecks();
        builder.Services.AddApiProblems();
        builder.Services.AddReverseProxy().LoadFromMemory(Routes.All(), Routes.Clusters(builder.Configuration));

        var app = builder.Build();
        app.UseApiProblems();
        app.UseWhen(c => !c.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase), pages => pages.UseStatusCodePages(Away));
        app.MapHealthChecks("/health/live");
        // The worker host has pages for workers and nothing else.
        app.Use((context, next) =>
        {
            if (!WorkerHost.Is(context.Request.Host) || WorkerHost.Serves(context.Request.Path)) return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        app.MapReverseProxy();
        return app;
    }

    /// <summary>The web has its own page for everything but its own absence.</summary>
    private static Task Away(StatusCodeContext away)
    {
        var response = away.HttpContext.Response;
        if (response.StatusCode < StatusCodes.Status502BadGateway) return Task.CompletedTask;
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Not available</title>"
            + "<h1>This page is not available at the moment</h1><p>Nothing that you had sent before is lost. Please try again in a few minutes.</p></html>");
    }
}
