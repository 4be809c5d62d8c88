using System.Net;
using System.Security.Cryptography;
using System.Text.Json;

namespace Recruitment.Web.Clients;

/// <summary>What a form was made with and sends back (<c>_Once.cshtml</c>): a key, so that a form sent twice does its thing once, and the version that was read, so that nobody's newer change is overwritten.</summary>
public sealed class Once
{
    private const int Length = 32;
    private const int MostTries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>One of ours; whatever else a form sends is no key, and the form is then one of its own.</summary>
    public string Key
    {
        get => field;
        set => field = value is { Length: Length } && value.All(char.IsAsciiHexDigit) ? value : field;
    } = RandomNumberGenerator.GetHexString(Length);

    public int? Version { get; set; }

    public static Once Read(int version) => new() { Version = version };

    public void On(HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Headers.Add("Idempotency-Key", Key);
        if (Version is { } version) request.Headers.TryAddWithoutValidation("If-Match", FormattableString.Invariant($"\"{version}\""));
    }

    /// <summary>Sends, and while the same form is being answered asks again for its answer: a second click sees what the first one did, not that there was one.</summary>
    public async Task<HttpResponseMessage> Send(HttpClient http, HttpMethod how, Uri where, object? body, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(http);
        for (var tried = 1; ; tried++)
        {
            using var request = new HttpRequestMessage(how, where) { Content = body is null ? null : JsonContent.Create(body) };
            On(request);
            var answer = await http.SendAsync(request, stop);
            if (tried == MostTries || answer.StatusCode != HttpStatusCode.Conflict || !await IsUnderWay(answer, stop)) return answer;

            answer.Dispose();
            await Task.Delay(Pause, stop);
        }
    }

    /// <summary>What a person is told where the service speaks of keys and versions; null for any other answer.</summary>
    public static string? Sentence(HttpStatusCode status, string? code) => (status, code) switch
    {
        (HttpStatusCode.PreconditionFailed, _) => "Somebody changed this after you opened the page. Nothing of yours was saved, and nothing of theirs was lost. Open the page again to see what it says now, then enter your change.",
        (_, "urn:recruitment:idempotency-key-reused") => "This form was sent before with other entries, and those were saved. Open the page again to enter something new.",
        _ => null,
    };

    private static async Task<bool> IsUnderWay(HttpResponseMessage answer, CancellationToken stop)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json") return false;
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop)); // as text: whoever it is handed to reads it again
        return problem.RootElement.TryGetProperty("type", out var type) && type.GetString() is "urn:recruitment:request-under-way" or "urn:recruitment:made-meanwhile";
    }
}
