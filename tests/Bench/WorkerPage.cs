using System.Text.RegularExpressions;

namespace Recruitment.Bench;

/// <summary>What a worker's phone downloads to show the first page: the page and everything it refers to, headers included.</summary>
internal static partial class WorkerPage
{
    public static async Task<double> Measure(Product product)
    {
        using var http = product.Client();
        // Browsers know *.localhost; a resolver may not, so only the header says it.
        http.DefaultRequestHeaders.Host = $"workers.localhost:{http.BaseAddress!.Port}";
        var (page, html) = await Download(http, "");
        var bytes = page;
        foreach (var asset in References().Matches(html).Select(m => m.Groups[1].Value).Distinct())
        {
            bytes += (await Download(http, asset)).Bytes;
        }
        return bytes;
    }

    private static async Task<(long Bytes, string Text)> Download(HttpClient http, string address)
    {
        using var response = await http.GetAsync(address);
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync();
        var headers = response.Headers.Concat(response.Content.Headers).Sum(h => h.Value.Sum(v => h.Key.Length + v.Length + 4));
        return (body.Length + headers + "HTTP/1.1 200 OK\r\n\r\n".Length, System.Text.Encoding.UTF8.GetString(body));
    }

    [GeneratedRegex("""<(?:link|script|img)[^>]*\s(?:href|src)="([^"]+)"[^>]*>""")]
    private static partial Regex References();
}
