using Recruitment.Platform;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Transforms;

namespace Recruitment.Gateway;

/// <summary>The one table: path prefix to service. Whatever is not listed belongs to the web, worker host included.</summary>
public static class Routes
{
    /// <summary>Prefixes by service; a test compares them with what the services map.</summary>
    public static IReadOnlyList<(string Prefix, string Service)> Table { get; } =
    [
        ("/api/v1/identity", "identity"),
        ("/connect", "identity"),
        ("/.well-known", "identity"),
        ("/identity", "identity"),
        ("/api/v1/suppliers", "suppliers"),
        ("/api/v1/accreditation", "accreditation"),
        ("/api/v1/grievances", "grievances"),
        ("/api/v1/risk", "risk"),
        ("/api/v1/reports", "reports"),
        ("/api/v1/register", "register"),
    ];

    internal static IReadOnlyList<RouteConfig> All()
    {
        var routes = Table.Select(entry => Route(entry.Prefix.Trim('/').Replace('/', '-'), $"{entry.Prefix}/{{**rest}}", entry.Service, order: 1)).ToList();
        routes.AddRange(Table.Select(entry => entry.Service).Distinct().Select(service => Route($"openapi-{service}", $"/openapi/{service}.json", service, order: 1)));
        routes.Add(Route("web", "/{**rest}", "web", order: 100));
        return routes;
    }

    internal static IReadOnlyList<ClusterConfig> Clusters(IConfiguration configuration) =>
    [
        .. Table.Select(entry => entry.Service).Append("web").Distinct().Select(service => new ClusterConfig
        {
            ClusterId = service,
            Destinations = new Dictionary<string, DestinationConfig>
            {
                [service] = new() { Address = (configuration[$"Services:{service}"] ?? $"http://{service}").TrimEnd('/') + "/" },
            },
        }),
    ];

    private static RouteConfig Route(string id, string path, string service, int order) =>
        new RouteConfig
        {
            RouteId = id,
            ClusterId = service,
            Order = order,
            MaxRequestBodySize = SizeLimits.Largest,
            Match = new RouteMatch { Path = path },
        }
        // The original host decides between staff and workers and is part of the issuer; whose address asked is nobody's business.
        .WithTransformUseOriginalHostHeader()
        .WithTransformXForwarded(xDefault: ForwardedTransformActions.Remove)
        .WithTransformRequestHeaderRemove("Forwarded")
        .WithTransformRequestHeaderRemove("X-Real-IP");
}
