using Recruitment.Testing;

namespace Recruitment.Architecture.Tests;

/// <summary>Every service has a table of who gets what (docs/access), and together they name every address of the one process that has them all: neither a service nor what somebody maps beside one escapes.</summary>
public sealed class AccessTableTests(HostTests.Host host) : IClassFixture<HostTests.Host>
{
    [Fact]
    public void The_tables_have_every_address_of_the_api_and_no_other() => Assert.Equal(
        ServedEndpoint.Of(host.Services).Where(e => e.Route.StartsWith("/api/", StringComparison.Ordinal)).Select(e => $"{e.Method} {e.Route}").Order(StringComparer.Ordinal),
        Solution.Services.Keys.SelectMany(s => Addresses(Solution.Lines($"access/{s.ToLowerInvariant()}.txt"))).Order(StringComparer.Ordinal));

    [Fact]
    public void A_table_tells_its_addresses() =>
        Assert.Equal(["GET /api/v1/any", "PUT /api/v1/any/{id:guid}"], Addresses(["GET /api/v1/any  ListAny", "gate     nobody", "PUT /api/v1/any/{id:guid}", "GET /health"]));

    private static IEnumerable<string> Addresses(IEnumerable<string> lines) =>
        lines.Select(l => l.Split(' ')).Where(w => w.Length > 1 && w[1].StartsWith("/api/", StringComparison.Ordinal)).Select(w => $"{w[0]} {w[1]}");
}
