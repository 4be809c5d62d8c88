using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Recruitment.Platform;

/// <summary>How much due work keeps failing, by database: looked at twice a minute, so that no figure says when something happened.</summary>
internal sealed class StuckWork : IDisposable
{
    public const string MeterName = "Recruitment.Due";
    public const string GaugeName = "recruitment.due.stuck";

    /// <summary>Begun so often, work is counted and listed; with the pauses between that is half a minute after the first failure.</summary>
    public const int From = 4;

    private readonly ConcurrentDictionary<string, int> counts = new();
    private readonly Meter meter = new(MeterName);

    public StuckWork() => meter.CreateObservableGauge(GaugeName, () => counts.Select(c => new Measurement<int>(c.Value, new KeyValuePair<string, object?>("database", c.Key))));

    public static IQueryable<DueRow> In(ServiceDb db) => db.Set<DueRow>().Where(r => r.Attempts >= From && r.Problem != null);

    public void Set(string database, int count) => counts[database] = count;

    /// <summary>It cannot be looked into now: a figure of before would look as if all were well.</summary>
    public void Unknown(string database) => counts.TryRemove(database, out _);

    public void Dispose() => meter.Dispose();
}
