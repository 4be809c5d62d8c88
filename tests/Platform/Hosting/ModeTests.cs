using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Recruitment.Platform.Tests.Messaging;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Hosting;

/// <summary>A demonstration stays on its machine, with its own data and among its own.</summary>
public sealed class ModeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-mode-").FullName;

    [Theory]
    [InlineData("operation", "demonstration")]
    [InlineData("demonstration", "operation")]
    public async Task Data_of_one_mode_cannot_be_opened_in_the_other(string first, string second)
    {
        await using (await Pair.Start(folder, mode: first)) { }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Pair.Start(folder, mode: second));

        Assert.Contains($"belongs to {first} mode", refused.Message, StringComparison.Ordinal);
        await using var again = await Pair.Start(folder, mode: first);
    }

    [Fact]
    public async Task A_mode_that_is_none_stops_the_start() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => Start("production"));

    [Theory]
    [InlineData("operation", "demonstration")]
    [InlineData("demonstration", "operation")]
    public async Task A_service_does_not_start_among_peers_of_the_other_mode(string peers, string mine)
    {
        await using var peer = await Start(peers);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Start(mine, peer.Urls.First()));

        Assert.Contains("must not meet", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_starts_among_its_own_and_beside_those_who_are_not_there_yet()
    {
        await using var peer = await Start("operation");

        await using var mine = await Start("operation", peer.Urls.First(), $"http://127.0.0.1:{Running.FreePort()}");

        Assert.NotEmpty(mine.Urls);
    }

    [Theory]
    [InlineData("http://localhost:5000")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://[::1]:5000")]
    [InlineData("http://workers.localhost:5000")]
    public async Task A_demonstration_listens_on_this_machine(string address) => await Guard("demonstration", address).StartedAsync(TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("http://0.0.0.0:5000")]
    [InlineData("http://[::]:5000")]
    [InlineData("http://*:5000")]
    [InlineData("http://192.168.1.7:5000")]
    [InlineData("http://demo.example:5000")]
    [InlineData("http://127.0.0.1.example:5000")]
    public async Task A_demonstration_refuses_every_other_address_and_operation_does_not(string address)
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Guard("demonstration", "http://localhost:5000", address).StartedAsync(TestContext.Current.CancellationToken));
        await Guard("operation", address).StartedAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("demonstration", "http://0.0.0.0:5000", false)]
    [InlineData("demonstration", "http://localhost:5000;http://demo.example:5001", false)]
    [InlineData("demonstration", "http://localhost:5000", true)]
    [InlineData("operation", "http://0.0.0.0:5000", true)]
    public void It_is_known_before_anything_begins(string mode, string urls, bool isGood)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Mode"] = mode, ["urls"] = urls }).Build();

        var refused = Record.Exception(() => KnownSettings.CheckFirst(configuration));

        Assert.Equal(isGood, refused is null);
        if (!isGood) Assert.StartsWith("A demonstration listens on this machine only", refused!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:5000", "")]
    [InlineData("http://[::]:5000", "")]
    [InlineData("http://0.0.0.0:5000;http://localhost:5001/", "http://localhost:5001")]
    [InlineData("http://people.example:5000", "http://people.example:5000")]
    public void Every_address_of_a_machine_is_none_that_people_reach_it_by(string urls, string issuer) =>
        Assert.Equal(issuer, ServiceDefaults.FirstAddress(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = urls }).Build()));

    [Theory]
    [InlineData("https://people.example", "", true)]
    [InlineData("http://localhost:5000", "", false)]
    [InlineData("https://people.example", "http://identity/.well-known/openid-configuration", false)]
    public void Only_within_the_own_network_or_machine_is_the_issuer_read_over_http(string issuer, string metadata, bool isFromOutside) =>
        Assert.Equal(isFromOutside, new PlatformOptions { Issuer = issuer, MetadataAddress = metadata }.IsReadFromOutside);

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static LoopbackOnlyInDemonstration Guard(string mode, params string[] addresses) => new(new Listening(addresses), Options.Create(new PlatformOptions { Mode = mode }));

    private async Task<WebApplication> Start(string mode, params string[] peers)
    {
        var builder = WebApplication.CreateSlimBuilder(["--Mode", mode, "--DataFolder", Path.Combine(folder, mode), "--urls", "http://127.0.0.1:0"]);
        for (var i = 0; i < peers.Length; i++) builder.Configuration[$"Services:{KnownSettings.Programs[i]}"] = peers[i];
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults("moded");
        var app = builder.Build();
        app.UseServiceDefaults();
        try
        {
            await app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server that says where it listens without listening there.</summary>
    private sealed class Listening : IServer
    {
        public Listening(string[] addresses)
        {
            var feature = new ServerAddressesFeature();
            foreach (var address in addresses) feature.Addresses.Add(address);
            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
            // It holds nothing.
        }
    }
}
