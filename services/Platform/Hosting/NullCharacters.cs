using System.Text;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Recruitment.Platform;

/// <summary>U+0000 in a text: no keyboard writes it, PostgreSQL keeps none, and SQLite's functions take it for the end. Refused once, at the door, in addresses, JSON bodies and forms.</summary>
/// <remarks>A body in another character set than UTF-8 is refused as well (415): the binder would translate it, and only then would the null character stand in it. Files are not texts and have as many as they like; whoever reads fields beside a file asks <see cref="In"/>.</remarks>
public static class NullCharacters
{
    private const string Escaped = "%00";
    private const string OtherCharset = "This address reads texts in UTF-8 only, and this request names another character set. Nothing was saved: send it in UTF-8, or name none.";
    private static readonly byte[] InJson = Encoding.ASCII.GetBytes("u0000");

    /// <summary>Whether a text has one.</summary>
    public static bool In(string text) => text?.Contains('\0', StringComparison.Ordinal) ?? false;

    /// <summary>400, with what to do.</summary>
    public static ProblemHttpResult Refusal() =>
        Problems.Bad("null-character", "A text in this request has a null character (U+0000), which is no letter and cannot be kept. Nothing was saved: take it out and send it again.");

    internal static async Task Refuse(HttpContext context, RequestDelegate next)
    {
        // The page that says what was wrong comes by the same request.
        var isAnswer = context.Features.Get<IStatusCodeReExecuteFeature>() is not null;
        if (!isAnswer && IsText(context.Request, out _, out var charset) && charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            if (IsApi(context)) await Problems.Of(StatusCodes.Status415UnsupportedMediaType, "wrong-charset", OtherCharset).ExecuteAsync(context);
            else context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }
        if (isAnswer || (!context.Request.QueryString.ToString().Contains(Escaped, StringComparison.Ordinal) && !await InBody(context.Request)))
        {
            await next(context);
            return;
        }
        // Readers get the page of their host for this status.
        if (IsApi(context)) await Refusal().ExecuteAsync(context);
        else context.Response.StatusCode = StatusCodes.Status400BadRequest;
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the body is a form or JSON that a binder will read, and in which character set it says it is written.</summary>
    private static bool IsText(HttpRequest request, out bool isForm, out string charset)
    {
        (isForm, charset) = (false, "");
        // An address with a limit of its own takes files, whatever a caller calls its body, and reads them as they come.
        if (request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is not null) return false;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return false;
        isForm = type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase);
        charset = HeaderUtilities.RemoveQuotes(type.Charset).ToString();
        if (type.Charset.Length > charset.Length)
        {
            // Quotes are allowed, and the binder fails on them.
            type.Charset = charset;
            request.ContentType = type.ToString();
        }
        return isForm || request.HasJsonContentType();
    }

    /// <summary>Kept in memory, as the binder would, and under the limit of the address: nothing that a worker wrote touches a disk.</summary>
    private static async Task<bool> InBody(HttpRequest request)
    {
        if (!IsText(request, out var isForm, out _)) return false;

        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        body.Position = 0;
        request.Body = body;
        request.HttpContext.Response.RegisterForDispose(body);
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        return isForm ? bytes.Contains((byte)0) || bytes.IndexOf("%00"u8) >= 0 : InText(bytes);
    }

    /// <summary>An escape, that is after an odd number of backslashes; after an even number it is the word that stands there.</summary>
    private static bool InText(ReadOnlySpan<byte> json)
    {
        for (var at = 0; json[at..].IndexOf(InJson) is >= 0 and var found; at += found + 1)
        {
            var (escape, backslashes) = (at + found, 0);
            while (backslashes < escape && json[escape - backslashes - 1] == '\\') backslashes++;
            if (backslashes % 2 == 1) return true;
        }
        return false;
    }
}
