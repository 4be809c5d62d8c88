using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Recruitment.Testing;

namespace Recruitment.Grievances.Tests;

/// <summary>Figures of hosts in one process run together: another that stops ends those of this one, and its collector hears no more.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public sealed class NoMetricsTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task No_figure_of_the_process_shows_when_somebody_wrote()
    {
        var counted = new ConcurrentBag<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, me) => { if (instrument.Name == "http.server.request.duration") me.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => counted.Add(string.Join(' ', tags.ToArray().Select(t => t.Value))));
        listener.Start();

        using (await app.Worker.GetAsync(new Uri("/health/live", UriKind.Relative))) { }
        await app.File();
        using (await app.Post("/mailbox", new { receipt = "0000-0000" })) { }

        Assert.Contains(counted, c => c.Contains("/health/live", StringComparison.Ordinal));
        Assert.DoesNotContain(counted, c => c.Contains("grievances", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_collector_is_told_neither_that_somebody_searched_and_wrote_nor_that_an_accused_was_named()
    {
        await using var collector = await OtlpReceiver.Start();
        await using var watched = new GrievancesApp(collector.Settings);
        await watched.InitializeAsync();
        using (var found = await watched.Post("/directory", new { query = "needle" })) Assert.Equal(HttpStatusCode.OK, found.StatusCode);
        var id = await GrievancesApp.Only(watched.Mai, () => watched.File());
        using (var named = await watched.Mai.Name(id, Guid.CreateVersion7())) Assert.Equal(HttpStatusCode.OK, named.StatusCode);

        var told = await collector.AllOnceTold("/health/live", watched.Worker);

        foreach (var telling in new[] { "v1/grievances", "directory", "/group", "/sites/" }) Assert.DoesNotContain(telling, told, StringComparison.OrdinalIgnoreCase);
    }
}
