using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Platform;

namespace Recruitment.Faults.Tests.Load;

/// <summary>Workers at the worker host: they answer whatever the page asks, press again when nothing comes back, and believe only the last page.</summary>
internal sealed partial class WorkersAtTheForm(int seed, Uri address, Reports reports, Persistence persistence) : Actor(seed)
{
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(15) };
    private int number;

    public override TimeSpan Pause => TimeSpan.FromMilliseconds(Random.Next(500, 1500));

    public override async Task Write(CancellationToken stop)
    {
        var text = $"Report {++number} at the form: {Reports.Mark}.";
        var page = await Press([], stop);
        string? receipt = null;
        while (Step().Match(page) is { Success: true } asked)
        {
            if (Receipt().Match(page) is { Success: true } shown) reports.Made(receipt = shown.Groups[1].Value);
            var state = WebUtility.HtmlDecode(State().Match(page).Groups[1].Value);
            // Closed: nobody could be asked whether somebody reads. She tries again later.
            var closed = page.Contains("value=\"again\"", StringComparison.Ordinal);
            (string, string)[] answer = asked.Groups[1].Value switch
            {
                _ when closed => [],
                "safe" => [("answer", "yes")],
                "age" => [("answer", "no")],
                "story" => [("text", text)],
                _ => [],
            };
            if (closed) await Task.Delay(200, stop);
            page = await Press([("step", asked.Groups[1].Value), ("state", state), .. answer, ("go", closed ? "again" : "next")], stop);
        }
        if (receipt is null || Receipt().Match(page) is not { Success: true } kept || kept.Groups[1].Value != receipt)
        {
            // A first page while the service is away asks nothing; nothing was sent then.
            if (receipt is not null) throw new InvalidOperationException("The form ended on a page without the receipt that it had shown.");
            return;
        }
        reports.Filed(new(receipt, text));
    }

    public override Task<IReadOnlyList<string>> Wrong(CancellationToken stop) => Task.FromResult<IReadOnlyList<string>>([]);

    private Task<string> Press((string Name, string Value)[] fields, CancellationToken stop) => persistence.Until(async () =>
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("w/en/form", UriKind.Relative));
        request.Headers.Host = $"{WorkerHost.Prefix}{address.Authority}";
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await http.SendAsync(request, stop);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync(stop);
    }, stop);

    [GeneratedRegex("""name="step" value="([a-z]+)""")]
    private static partial Regex Step();

    [GeneratedRegex("""name="state" value="([^"]+)""")]
    private static partial Regex State();

    [GeneratedRegex("""<p class="code">([^<]+)<""")]
    private static partial Regex Receipt();
}
