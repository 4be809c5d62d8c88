using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>
/// People reach an installation over https, and whoever ends that before our programs (the gateway, or what an operator put in front) hands on http. What a request says of itself, as
/// <c>X-Forwarded-Proto</c>, anybody could say; the issuer's own address tells it: addresses that are given out, and cookies, are as for https.
/// </summary>
internal sealed class ReachedOverTls(Uri issuer)
{
    private readonly HostString reached = HostString.FromUriComponent(issuer);

    public Task Say(HttpContext context, RequestDelegate next)
    {
        var asked = context.Request.Host;
        // Our own programs ask each other by other names, and over http.
        if (WorkerHost.Is(asked) || (string.Equals(asked.Host, reached.Host, StringComparison.OrdinalIgnoreCase) && (asked.Port ?? issuer.Port) == issuer.Port)) context.Request.Scheme = Uri.UriSchemeHttps;
        return next(context);
    }
}
