using Microsoft.AspNetCore.Diagnostics;
using Recruitment.Platform;

namespace Recruitment.Identity.Pages;

/// <summary>What fails on a page of sign-in is answered with a page, when Identity is a process of its own as well. Machines keep their problems.</summary>
internal sealed class TroublePages : IStartupFilter, IExceptionHandler
{
    /// <summary>Where people come in a browser: pages of our own, and the two addresses of the protocol to which other pages send them.</summary>
    private static readonly string[] ForPeople = ["/identity", "/connect/authorize", "/connect/end-session"];

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.UseWhen(IsForReaders, pages => pages.UseStatusCodePagesWithReExecute("/identity/trouble/{0}"));
        next(app);
    };

    public ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (!IsForReaders(context)) return ValueTask.FromResult(false);
        context.Response.StatusCode = exception switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            // What is away or full passes; whatever stands in front may say so of itself.
            AwayException or IOException => StatusCodes.Status503ServiceUnavailable,
            _ when Passing.Is(exception) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        return ValueTask.FromResult(true);
    }

    internal static bool IsForReaders(HttpContext context) => ForPeople.Any(p => context.Request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));
}
