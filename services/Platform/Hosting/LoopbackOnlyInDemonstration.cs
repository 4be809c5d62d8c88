using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>A demonstration that listens beyond this machine stops: real people must not find it. Seen in the settings before anything begins, and once more in what is listened on.</summary>
internal sealed class LoopbackOnlyInDemonstration(IServer server, IOptions<PlatformOptions> options) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.IsDemonstration) return Task.CompletedTask;

        Check(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        return Task.CompletedTask;
    }

    public static void Check(IEnumerable<string> addresses)
    {
        if (addresses.FirstOrDefault(a => !IsLoopback(a)) is { } open) throw new InvalidOperationException($"A demonstration listens on this machine only, not on {open}: write http://localhost:PORT in urls, or choose another Mode.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsLoopback(string address)
    {
        var host = BindingHost(address);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
    }

    private static string BindingHost(string address) => Microsoft.AspNetCore.Http.BindingAddress.Parse(address).Host.Trim('[', ']');
}
