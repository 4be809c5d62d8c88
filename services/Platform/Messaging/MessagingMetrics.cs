using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Recruitment.Platform;

/// <summary>What an operator watches of messages: how many wait and how long, how many were handled, put down or not sent.</summary>
/// <remarks>Labels name a database, a consumer or a kind of failure: parts of this program, never what a message is about.</remarks>
internal sealed class MessagingMetrics
{
    public const string Name = "Recruitment.Messaging";

    private readonly Counter<long> handled;
    private readonly Counter<long> deadLetters;
    private readonly Counter<long> notSent;
    private readonly ConcurrentDictionary<string, Waiting> waiting = new();

    public MessagingMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(Name);
        handled = meter.CreateCounter<long>("recruitment.messages.handled", "{message}", "Messages that a consumer has dealt with, each once.");
        deadLetters = meter.CreateCounter<long>("recruitment.messages.dead_letters", "{message}", "Messages put down as dead letters, by kind.");
        notSent = meter.CreateCounter<long>("recruitment.messages.publish_failures", "{publish}", "Publishes that failed and are tried again, by kind.");
        meter.CreateObservableGauge("recruitment.outbox.waiting", () => Each(w => w.Rows), "{message}", "Rows in the outbox.");
        meter.CreateObservableGauge("recruitment.outbox.oldest_age", () => Each(w => w.OldestSeconds), "s", "Age of the oldest row in the outbox.");
        meter.CreateObservableGauge("recruitment.outbox.unsent", () => Each(w => w.Unsent), "{message}", "Rows that could not be sent when last tried.");
        meter.CreateObservableGauge("recruitment.dead_letters.open", () => Each(w => w.OpenDeadLetters), "{message}", "Dead letters that nobody has closed.");
    }

    /// <summary>As of the last look into a database.</summary>
    public readonly record struct Waiting(long Rows, double OldestSeconds, long Unsent, long OpenDeadLetters);

    public void Handled(string consumer, int count) => handled.Add(count, new KeyValuePair<string, object?>("consumer", consumer));

    public void PutDown(string consumer, string kind) => deadLetters.Add(1, new("consumer", consumer), new("kind", kind));

    public void NotSent(string database, Exception problem) =>
        notSent.Add(1, new("database", database), new("kind", KindOf(problem)));

    public void Set(string database, Waiting now) => waiting[database] = now;

    /// <summary>It cannot be looked into now: a figure of before would look as if all were well.</summary>
    public void Unknown(string database) => waiting.TryRemove(database, out _);

    private IEnumerable<Measurement<T>> Each<T>(Func<Waiting, T> of)
        where T : struct => waiting.Select(w => new Measurement<T>(of(w.Value), new KeyValuePair<string, object?>("database", w.Key)));

    /// <summary>A few words, whatever the failure says of itself. What a broker refuses is a timeout too: the library never hears of it (docs/adr/0016), the broker's log does.</summary>
    public static string KindOf(Exception problem) => problem switch
    {
        BadMessageException bad => bad.Kind,
        System.Text.Json.JsonException or System.Runtime.Serialization.SerializationException => BadMessageException.Unreadable,
        TimeoutException or OperationCanceledException => "timeout",
        _ => "failed",
    };
}

/// <summary>A message that is itself at fault, and how.</summary>
internal sealed class BadMessageException(string kind, string message) : Exception(message)
{
    public const string Unreadable = "unreadable";
    public const string UnknownType = "unknown_type";
    public const string TooLong = "too_long";
    public const string GivenUp = "given_up";
    public const string Nameless = "without_id";

    public string Kind => kind;
}
