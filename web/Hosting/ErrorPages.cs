using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>An empty answer with an error status becomes a page that says what to do: for staff and strangers one, for workers one in their language. The API keeps its problems.</summary>
internal sealed class ErrorPages : IStartupFilter
{
    private static readonly string[] Machines = ["/api", "/connect", "/.well-known", "/openapi", "/health"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(IsForWorkers, workers => workers.UseStatusCodePagesWithReExecute("/w/missing/{0}"));
        app.UseWhen(IsForReaders, readers => readers.UseStatusCodePagesWithReExecute("/error/{0}"));
        next(app);
    };

    /// <summary>What stood in a form that was not saved, to be copied. Only for the browser it came from: another site could else put words on our page.</summary>
    public static async Task<IReadOnlyList<(string? Label, string Text)>> WrittenIn(HttpRequest request)
    {
        return IsOwn(request) ? FormFields.Written(await Fields(request)) : [];
    }

    /// <summary>All that such a form brought, so that it can be sent once more as it was; null where that cannot be: a file is gone, and a password is not written into a page.</summary>
    public static async Task<IReadOnlyList<(string Name, string Value)>?> ToSendAgain(HttpRequest request)
    {
        if (!IsOwn(request) || MayBringFiles(request) || !request.HasFormContentType) return null;

        var fields = (await request.ReadFormAsync()).SelectMany(f => f.Value.Select(v => (f.Key, Value: v ?? ""))).ToList();
        return fields.Any(f => FormFields.IsPassword(f.Key) && f.Value.Length > 0) ? null : fields;
    }

    /// <summary>Forms of this kind have a file chosen in them.</summary>
    public static bool MayBringFiles(HttpRequest request) => request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsOwn(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "same-origin" || request.Headers.Origin == $"{request.Scheme}://{request.Host}";

    private static async Task<IReadOnlyList<(string Name, string Value)>> Fields(HttpRequest request) =>
        MayBringFiles(request) ? await FieldsBesideFiles.In(request)
        : request.HasFormContentType ? [.. (await request.ReadFormAsync()).Select(f => (f.Key, f.Value.ToString()))]
        : [];

    private static bool IsForWorkers(HttpContext context) => WorkerHost.Is(context.Request.Host);

    private static bool IsForReaders(HttpContext context) =>
        !IsForWorkers(context) && !Machines.Any(m => context.Request.Path.StartsWithSegments(m, StringComparison.OrdinalIgnoreCase));

    /// <summary>A page that failed shows no detail; what a service refused keeps its status.</summary>
    internal sealed class WhenAPageFails : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            if (!IsForWorkers(context) && !IsForReaders(context)) return ValueTask.FromResult(false);
            context.Response.StatusCode = exception switch
            {
                HttpRequestException { StatusCode: HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Conflict } refused => (int)refused.StatusCode,
                BrokenRuleException => StatusCodes.Status409Conflict,
                BadHttpRequestException bad => bad.StatusCode,
                _ => StatusCodes.Status500InternalServerError,
            };
            return ValueTask.FromResult(true);
        }
    }
}
