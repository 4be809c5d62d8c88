using Microsoft.AspNetCore.Http;

namespace Recruitment.Platform;

/// <summary>An answer with a secret in it, which whoever asks again under the same key gets without: it is shown once and kept nowhere.</summary>
public sealed class ShownOnce<T>(int status, T shown, T kept, string? location = null) : IResult, IStatusCodeHttpResult, IValueHttpResult
{
    public int? StatusCode => status;
    public object? Value => kept;
    public string? Location => location;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (location is not null) httpContext.Response.Headers.Location = location;
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.CacheControl = "no-store";
        return httpContext.Response.WriteAsJsonAsync(shown, httpContext.RequestAborted);
    }
}
