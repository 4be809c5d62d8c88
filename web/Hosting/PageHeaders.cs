using Recruitment.Platform;

namespace Recruitment.Web.Hosting;

/// <summary>The headers of every page, and the wall between the worker host and the staff host.</summary>
internal sealed class PageHeaders : IStartupFilter
{
    private const string Strict = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; connect-src 'self'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private const string ForWorkers = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, following) =>
        {
            var workers = WorkerHost.Is(context.Request.Host);
            if (WorkerHost.IsElsewhere(context.Request.Host, context.Request.Path))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = workers ? ForWorkers : Strict;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (workers || !context.Request.Path.StartsWithSegments("/css", StringComparison.Ordinal)) headers.CacheControl = "no-store";
            await following(context);
        });
        next(app);
    };
}
