using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>Listens to the figures of one pair, as an exporter would.</summary>
internal sealed class Counted : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<(string Name, string Labels), double> figures = [];

    public Counted(Pair pair)
    {
        var meters = pair.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, me) =>
        {
            if (instrument.Meter.Name == MessagingMetrics.Name && ReferenceEquals(instrument.Meter.Scope, meters)) me.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Keep(instrument, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Keep(instrument, value, labels));
        listener.Start();
    }

    public double Handled => Sum("recruitment.messages.handled", "");

    public double DeadLetters(string kind) => Sum("recruitment.messages.dead_letters", $"kind={kind}");

    public double NotSent(string kind) => Sum("recruitment.messages.publish_failures", $"kind={kind}");

    /// <summary>As of now.</summary>
    public double Gauge(string name, string database)
    {
        listener.RecordObservableInstruments();
        return Sum(name, $"database={database}");
    }

    /// <summary>All names and values of labels that were ever told.</summary>
    public IEnumerable<string> Labels => figures.Keys.SelectMany(k => k.Labels.Split(';', StringSplitOptions.RemoveEmptyEntries));

    public void Dispose() => listener.Dispose();

    private double Sum(string name, string label) => figures.Where(f => f.Key.Name == name && f.Key.Labels.Contains(label, StringComparison.Ordinal)).Sum(f => f.Value);

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var key = (instrument.Name, string.Concat(labels.ToArray().Select(l => $"{l.Key}={l.Value};")));
        figures.AddOrUpdate(key, value, (_, before) => instrument.IsObservable ? value : before + value);
    }
}
