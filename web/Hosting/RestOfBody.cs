namespace Recruitment.Web.Hosting;

/// <summary>For pages that read their own body and may answer before its end.</summary>
internal static class RestOfBody
{
    /// <summary>Reads what a browser still sends and drops it. A browser shows no answer before it has sent everything: cut off in the middle, it shows a broken connection and not the page.</summary>
    public static async Task ReadOn(this HttpRequest request, CancellationToken stop)
    {
        try
        {
            await request.Body.CopyToAsync(Stream.Null, stop);
        }
        catch (Exception cut) when (cut is IOException or BadHttpRequestException)
        {
            // Whoever stopped sending reads no answer either; beyond the largest request of all nobody reads on.
        }
    }
}
