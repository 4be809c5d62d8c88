using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Recruitment.Grievances.Tests;

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
}
