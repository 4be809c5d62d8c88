using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>The host name that serves workers and nobody else. No request to it is logged or traced.</summary>
public static class WorkerHost
{
    /// <summary>Embedded: workers.localhost. An operator's own starts with <c>workers.</c> as well.</summary>
    public const string Prefix = "workers.";

    public static bool Is(HostString host) => host.Host.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Behind the worker host: what its pages ask for must not be traced either, or the traces would say when somebody wrote.</summary>
    public static bool IsBehind(string? path) => path is not null && path.StartsWith("/api/v1/grievances", StringComparison.OrdinalIgnoreCase);
}
