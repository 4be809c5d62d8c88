using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>The host name that serves workers and nobody else. No request to it is logged or traced.</summary>
public static partial class WorkerHost
{
    /// <summary>Embedded: workers.localhost. An operator's own starts with <c>workers.</c> as well.</summary>
    public const string Prefix = "workers.";

    private const string Pages = "/w";

    /// <summary>Whether a path is of the other host: a worker's page asked for by staff, or anything else by the worker host.</summary>
    public static bool IsElsewhere(HostString host, PathString path) => Is(host) ? !Serves(path) : path.StartsWithSegments(Pages, StringComparison.OrdinalIgnoreCase);

    public static bool Is(HostString host) => host.Host.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>What it serves: the pages under /w, to which its root leads, and whether the process lives. Nothing else, in whichever host.</summary>
    public static bool Serves(PathString path) => path.StartsWithSegments(Pages, StringComparison.OrdinalIgnoreCase) || IsForBoth(path);

    private static bool IsForBoth(PathString path) => path == "/" || path == "/css/worker.css" || path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Behind the worker host: what its pages ask for must be neither traced nor counted, or that would say when somebody wrote. The same of what is asked of
    /// Suppliers in turn: the directory when she looks for her workplace, a group or a site when it is named in a case.
    /// </summary>
    public static bool IsBehind(string? path) => path is not null && Behind().IsMatch(path);

    [GeneratedRegex("^/api/v1/(grievances|suppliers/(directory|parties/[^/]+/group|sites/[^/]+)/?$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Behind();
}
