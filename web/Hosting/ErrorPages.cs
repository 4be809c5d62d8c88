using System.Net;
using Microsoft.AspNetCore.Diagnostics;
using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>An empty answer with an error status becomes a page that says what to do. The API keeps its problems, the worker host its own pages.</summary>
internal sealed class ErrorPages : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(IsForReaders, readers => readers.UseStatusCodePagesWithReExecute("/error/{0}"));
        next(app);
    };

    private static bool IsForReaders(HttpContext context) =>
        !WorkerHost.Is(context.Request.Host) && !Machines.Any(m => context.Request.Path.StartsWithSegments(m, StringComparison.OrdinalIgnoreCase));

    private static readonly string[] Machines = ["/api", "/connect", "/.well-known", "/openapi", "/health"];

    /// <summary>A page that failed shows no detail; what a service refused keeps its status.</summary>
    internal sealed class WhenAPageFails : IExceptionHandler
    {
        public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
        {
            if (!IsForReaders(context)) return ValueTask.FromResult(false);
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
