using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>Asks for the addresses of a name.</summary>
internal sealed record NameLookup(Func<string, CancellationToken, Task<IPAddress[]>> AddressesOf)
{
    public static NameLookup OfTheSystem { get; } = new(Dns.GetHostAddressesAsync);
}

/// <summary>What came of one try.</summary>
internal sealed record WebhookAnswer(int? StatusCode, TimeSpan Took, string? Problem)
{
    public bool IsGood => StatusCode is >= 200 and < 300;
}

/// <summary>Posts to an address that a stranger named. Whatever its name says, the address that is connected to is looked at, and only a public one is called.</summary>
/// <remarks>
/// No proxy, or the proxy would resolve the name for us. No redirects: they would lead past the check, and a receiver gives its address. Nothing of the answer is read but its
/// status. No trace and no log: an address may hold a secret. In a demonstration the machine itself may be called too, for it is where it can be tried.
/// </remarks>
internal sealed class WebhookClient : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly bool toThisMachine;
    private readonly NameLookup names;
    private readonly HttpClient http;

    public WebhookClient(IOptions<PlatformOptions> platform, NameLookup names)
    {
        (toThisMachine, this.names) = (platform.Value.IsDemonstration, names);
#pragma warning disable CA2000 // Disposed with the client.
        http = new(new SocketsHttpHandler
        {
            ConnectCallback = Connect,
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            Credentials = null,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        })
        { Timeout = Patience };
#pragma warning restore CA2000
    }

    /// <summary>Whether a webhook may name it: https, no sign-in in it, and no address in place of a name that could not be called anyway.</summary>
    public bool MayBeNamed(string url) =>
        url.Length <= Webhook.LongestUrl && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (toThisMachine && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && (!IPAddress.TryParse(uri.DnsSafeHost, out var address) || MayBeCalled(address));

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

    private bool MayBeCalled(IPAddress address) => PublicAddresses.Has(address) || (toThisMachine && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await names.AddressesOf(host, stop);
        // One that is not public among others that are is no accident either.
        if (addresses.Length == 0 || !addresses.All(MayBeCalled)) throw new NotPublicException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // To the addresses that were looked at: asked again, the name could mean another.
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

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

    private sealed class NotPublicException : Exception;
}
