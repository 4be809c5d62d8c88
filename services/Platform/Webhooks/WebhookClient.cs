using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Recruitment.Platform;

/// <summary>What came of one try.</summary>
internal sealed record WebhookAnswer(int? StatusCode, TimeSpan Took, string? Problem)
{
    public bool IsGood => StatusCode is >= 200 and < 300;
}

/// <summary>Posts to an address that a stranger named (<see cref="StrangersAddresses"/>). Nothing of the answer is read but its status.</summary>
internal sealed class WebhookClient : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly StrangersAddresses strangers;
    private readonly HttpClient http;

    public WebhookClient(StrangersAddresses strangers)
    {
        this.strangers = strangers;
        var handler = strangers.Handler();
        handler.MaxResponseDrainSize = 0;
        http = new(handler) { Timeout = Patience };
    }

    /// <summary>Whether a webhook may name it.</summary>
    public bool MayBeNamed(string url) => url.Length <= Webhook.LongestUrl && strangers.MayBeNamed(url);

    public async Task<WebhookAnswer> Post(Uri url, byte[] body, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken stop)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return new((int)response.StatusCode, Stopwatch.GetElapsedTime(since), null);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException || (problem is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return new(null, Stopwatch.GetElapsedTime(since), Said(problem));
        }
    }

    public void Dispose() => http.Dispose();

    private static string Said(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is NotPublicException) return "The name does not lead to a public address.";
            if (cause is AuthenticationException) return "The certificate was not accepted.";
            if (cause is SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData }) return "The name is not known.";
            if (cause is SocketException) return "No connection could be made.";
            if (cause is OperationCanceledException) return "There was no answer within 10 seconds.";
        }
        return "The answer could not be read.";
    }
}
