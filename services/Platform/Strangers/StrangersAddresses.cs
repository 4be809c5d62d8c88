using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>Asks for the addresses of a name.</summary>
internal sealed record NameLookup(Func<string, CancellationToken, Task<IPAddress[]>> AddressesOf)
{
    public static NameLookup OfTheSystem { get; } = new(Dns.GetHostAddressesAsync);
}

/// <summary>Calls addresses that a stranger named. Whatever the name says, the address that is connected to is looked at, and only a public one is called.</summary>
/// <remarks>
/// No proxy, or the proxy would resolve the name for us. No redirects: they would lead past the check, and whoever is called gives its address. No trace and no log: an address may hold
/// a secret. In a demonstration the machine itself may be called too, for it is where it can be tried.
/// </remarks>
public sealed class StrangersAddresses
{
    private readonly bool toThisMachine;
    private readonly NameLookup names;

    internal StrangersAddresses(IOptions<PlatformOptions> platform, NameLookup names) => (toThisMachine, this.names) = (platform.Value.IsDemonstration, names);

    /// <summary>Whether somebody may name it: https, no sign-in in it, and no address in place of a name that could not be called anyway.</summary>
    public bool MayBeNamed(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (toThisMachine && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && (!IPAddress.TryParse(uri.DnsSafeHost, out var address) || MayBeCalled(address));

    /// <summary>For a client of its own, which disposes it. What comes back has short headers; how much of a body is read, the client says.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = Connect,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        Credentials = null,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
    };

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
}

/// <summary>A name that leads to no public address.</summary>
internal sealed class NotPublicException : Exception;

public static class StrangersAddressesOfServices
{
    /// <summary>For a service that calls what strangers name.</summary>
    public static void AddStrangersAddresses(this IServiceCollection services)
    {
        services.TryAddSingleton(NameLookup.OfTheSystem);
        services.TryAddSingleton(provider => new StrangersAddresses(provider.GetRequiredService<IOptions<PlatformOptions>>(), provider.GetRequiredService<NameLookup>()));
    }
}
