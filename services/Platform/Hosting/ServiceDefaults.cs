using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Recruitment.Platform;

/// <summary>What every host does the same way.</summary>
public static class ServiceDefaults
{
    /// <summary>Bearer access that denies by default, problems, clocks, secrets, health and telemetry.</summary>
    /// <remarks>The name is the host's in telemetry and, with no documents named, that of its one OpenAPI document; a host of several services names theirs.</remarks>
    public static void AddServiceDefaults(this WebApplicationBuilder builder, string name, params string[] documents)
    {
        PrivateFiles.Only();
        KnownSettings.CheckFirst(builder.Configuration);
        NumbersAreNumbers.Check<PlatformOptions>(builder.Configuration);
        var services = builder.Services;
        services.AddOptions<PlatformOptions>().Bind(builder.Configuration)
            .PostConfigure(o => o.Issuer = o.Issuer is { Length: > 0 } ? o.Issuer : FirstAddress(builder.Configuration))
            .Validate(o => IsWebAddress(o.Issuer), builder.Configuration["Issuer"] is { Length: > 0 }
                ? "Issuer is no address: write http(s)://HOST, as people reach it."
                : "Issuer is missing, and urls names no host that could stand for it: give Issuer, http(s)://HOST, as people reach it.")
            .Validate(o => o.MetadataAddress.Length == 0 || IsWebAddress(o.MetadataAddress), "MetadataAddress is no address: write http(s)://HOST/.well-known/openid-configuration.")
            .Validate(o => !IsWebAddress(o.Issuer) || !o.IsReadFromOutside || new Uri(o.Issuer).Scheme == Uri.UriSchemeHttps,
                "Issuer would be read over http from another machine: write https://HOST, or give MetadataAddress, where Identity itself answers in your own network.")
            .Validate(o => PlatformOptions.IsMode(o.Mode), PlatformOptions.NoMode)
            .Validate(o => TimeZoneInfo.TryFindSystemTimeZoneById(o.TimeZone, out _), "TimeZone must be the IANA name of a time zone, for instance Asia/Bangkok.")
            .Validate(o => o.ConfirmedForMinutes is >= 1 and <= 60, "ConfirmedForMinutes must be 1 to 60.")
            .Validate(o => o.IssuerReadEverySeconds is >= 1 and <= 300, "IssuerReadEverySeconds must be 1 to 300.")
            .Validate(o => o.MachineRequestsPerMinute is >= 1 and <= 10_000_000, "MachineRequestsPerMinute must be 1 to 10000000.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<BusinessClock>();
        services.TryAddSingleton<Secrets>();
        BrokerLetsUsIn.Check(builder.Configuration.GetConnectionString("rabbitmq"));
        services.AddHostedService<DataFolderIsWritable>();
        services.AddHostedService<SecretsAreThere>();
        services.AddHostedService<BrokerLetsUsIn>();
        services.KeepModesApart();

        builder.Logging.LeaveNoDiary();

        builder.AddAccess();
        builder.AddServiceClients();
        services.AddApiProblems();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        foreach (var document in documents.Length == 0 ? [name] : documents)
        {
            services.AddOpenApi(document, openApi =>
            {
                openApi.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith($"api/v1/{document}", StringComparison.Ordinal) ?? false;
                openApi.DescribeSlices();
                openApi.DescribeAccess();
            });
        }
        services.AddHealthChecks();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
            json.SerializerOptions.TypeInfoResolver = (json.SerializerOptions.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(NothingIsTakenForZero.Require);
        });
        services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = SizeLimits.Json;
        });

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService(name))
            .WithTracing(t => t.AddAspNetCoreInstrumentation(a => a.Filter = context =>
                    !WorkerHost.Is(context.Request.Host) && !WorkerHost.IsBehind(context.Request.Path))
                .AddHttpClientInstrumentation(h => h.FilterHttpRequestMessage = request => !WorkerHost.IsBehind(request.RequestUri?.AbsolutePath))
                .AddSource("MassTransit"))
            // One figure of requests, and none of a worker's in it: what other meters count by route or by peer would show when somebody wrote.
            // Beside it how messages and due work fare: their labels are parts of this program.
            .WithMetrics(m => m.AddMeter("Microsoft.AspNetCore.Hosting", StuckWork.MeterName, MessagingMetrics.Name)
                .AddView(i => i.Meter.Name == MessagingMetrics.Name || i.Name is "http.server.request.duration" or StuckWork.GaugeName ? null : MetricStreamConfiguration.Drop));
        if (builder.Configuration[KnownSettings.Collector] is { Length: > 0 }) telemetry.UseOtlpExporter();
    }

    /// <summary>The order matters: problems first, then who is asking, then the endpoints.</summary>
    public static void UseServiceDefaults(this WebApplication app)
    {
        if (new Uri(app.Services.GetRequiredService<IOptions<PlatformOptions>>().Value.Issuer) is { Scheme: "https" } reached) app.Use(new ReachedOverTls(reached).Say);
        app.Use(CountNoWorker);
        // What is our mistake is logged in full; the framework keeps silent about whatever a handler has answered, unless told otherwise.
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // What is away is told by the readiness check and by the relay, not once for each request that met it.
            SuppressDiagnosticsCallback = failed => failed.HttpContext.Response.StatusCode is < StatusCodes.Status500InternalServerError or StatusCodes.Status503ServiceUnavailable,
        });
        app.UseApiProblems();
        app.UseRouting();
        // After sign-in, which serves addresses of its own; one of them may be another's page to the framework, by GET alone.
        app.UseAuthentication();
        app.Use(AnswerWrongMethodsAndMediaTypes);
        app.Use(AnswerWhatIsNotThere);
        app.Use(AuditTrail.Watch);
        app.UseAuthorization();
        app.Use(NullCharacters.Refuse);
        var mode = app.Services.GetRequiredService<IOptions<PlatformOptions>>().Value.Mode;
        app.MapHealthChecks("/health/live", new HealthCheckOptions
        {
            Predicate = _ => false,
            ResponseWriter = (context, _) =>
            {
                context.Response.Headers[SameModeAsPeers.Header] = mode;
                return context.Response.WriteAsync("Healthy");
            },
        }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }

    private static Task CountNoWorker(HttpContext context, RequestDelegate next)
    {
        if ((WorkerHost.Is(context.Request.Host) || WorkerHost.IsBehind(context.Request.Path)) && context.Features.Get<IHttpMetricsTagsFeature>() is { } metrics)
            metrics.MetricsDisabled = true;
        return next(context);
    }

    /// <summary>Routing answers these two with endpoints of its own, which the closed fallback policy would turn into 401 or 403.</summary>
    private static Task AnswerWrongMethodsAndMediaTypes(HttpContext context, RequestDelegate next) =>
        context.GetEndpoint() is { DisplayName: "405 HTTP Method Not Supported" or "415 HTTP Unsupported Media Type", RequestDelegate: { } answer }
            ? answer(context)
            : next(context);

    /// <summary>An address that nothing serves is not there, whoever asks: the closed fallback policy would ask strangers to sign in first.</summary>
    /// <remarks>After sign-in, which serves addresses of its own.</remarks>
    private static Task AnswerWhatIsNotThere(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not null) return next(context);

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Raises the body limit of one endpoint above that of a JSON body; the value comes from <see cref="SizeLimits"/>.</summary>
    public static TBuilder WithBodyLimit<TBuilder>(this TBuilder endpoint, long bytes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new BodyLimit(bytes));

    internal static bool IsWebAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");

    /// <summary>That every address of this machine is listened on says nothing about how anybody reaches it.</summary>
    internal static string FirstAddress(IConfiguration configuration) =>
        Addresses(configuration).FirstOrDefault(a => !(Uri.TryCreate(a, UriKind.Absolute, out var address) && System.Net.IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && (ip.Equals(System.Net.IPAddress.Any) || ip.Equals(System.Net.IPAddress.IPv6Any))), "").TrimEnd('/');

    internal static string[] Addresses(IConfiguration configuration) =>
        new[] { configuration["urls"], configuration["ASPNETCORE_URLS"], "http://localhost:5000" }.First(a => a is { Length: > 0 })!.Split(';', StringSplitOptions.RemoveEmptyEntries);

    private sealed class BodyLimit(long bytes) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => bytes;
    }
}
