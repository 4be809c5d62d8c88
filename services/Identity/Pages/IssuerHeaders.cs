namespace Recruitment.Identity.Pages;

/// <summary>Nobody frames, keeps or feeds with foreign scripts what is shown where people sign in, also when Identity is a process of its own.</summary>
internal sealed class IssuerHeaders : IStartupFilter
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (!TroublePages.IsForReaders(context)) return following(context);
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            // As forms set it themselves, with a warning when it was anything else.
            headers.CacheControl = "no-cache, no-store";
            headers.Pragma = "no-cache";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers.XFrameOptions = "DENY";
            return following(context);
        });
        next(app);
    };
}
