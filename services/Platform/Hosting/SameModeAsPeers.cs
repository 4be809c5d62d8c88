using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>A demonstration among services in operation, or the reverse, stops: invented cases and real ones must not meet.</summary>
/// <remarks>Every host says its mode beside its health, and asks those it was told of (<c>Services:*</c>) as soon as it answers itself:
/// of two that start together at least one finds the other. Who does not answer yet will ask in turn; who says nothing is none of ours.</remarks>
internal sealed class SameModeAsPeers(
    IHttpClientFactory clients, IConfiguration configuration, IOptions<PlatformOptions> options, IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    public const string Header = "Recruitment-Mode";
    public const string ClientName = "peers";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var peers = configuration.GetSection("Services").GetChildren().Select(s => s.Value).OfType<string>().Where(a => a.Length > 0).Distinct();
        var modes = await Task.WhenAll(peers.Select(async address => (Address: address, Mode: await ModeOf(address, cancellationToken))));
        if (modes.FirstOrDefault(p => p.Mode is not null && p.Mode != options.Value.Mode) is not { Address: not null } other) return;

        lifetime.StopApplication();
        throw new InvalidOperationException($"This is {options.Value.Mode} mode and {other.Address} is {other.Mode} mode: they must not meet. Start both in one mode, each with its own data.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<string?> ModeOf(string address, CancellationToken stop)
    {
        using var http = clients.CreateClient(ClientName);
        http.Timeout = Patience;
        try
        {
            using var answer = await http.GetAsync(new Uri(new Uri(address.TrimEnd('/') + "/"), "health/live"), stop);
            return answer.Headers.TryGetValues(Header, out var mode) ? mode.FirstOrDefault() : null;
        }
        catch (Exception notThere) when (notThere is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return null; // not started yet: it asks us when it is
        }
    }
}
