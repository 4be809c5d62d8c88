using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Recruitment.Web.Hosting;

/// <summary>The fields of a form with files, of which nothing is kept: read by the framework they would be laid down in a temporary folder.</summary>
internal static class FieldsBesideFiles
{
    /// <summary>More than any of our forms has.</summary>
    private const int MostParts = 64;

    /// <summary>In characters: the longest text of any of our forms.</summary>
    private const int Longest = 10_000;

    /// <summary>What can be read of them; then the rest of the body, so that the browser shows the answer.</summary>
    public static async Task<IReadOnlyList<(string Name, string Value)>> In(HttpRequest request)
    {
        List<(string, string)> fields = [];
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary) return fields;

        var stop = request.HttpContext.RequestAborted;
        try
        {
            var parts = new MultipartReader(boundary, request.Body);
            for (var read = 0; read < MostParts && await parts.ReadNextSectionAsync(stop) is { } part; read++)
            {
                if (part.GetContentDispositionHeader() is not { } disposition || !disposition.IsFormDisposition()) continue;
                using var reader = new StreamReader(part.Body);
                var text = new char[Longest];
                fields.Add((HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "", new string(text, 0, await reader.ReadBlockAsync(text, stop))));
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            // What came before is shown all the same.
        }
        await request.ReadOn(stop);
        return fields;
    }
}
