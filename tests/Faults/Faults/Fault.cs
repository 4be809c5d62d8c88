using System.Globalization;
using Recruitment.Testing;

namespace Recruitment.Faults.Tests.Faults;

/// <summary>One fault: what, to whom, how long after the load began, how long it lasts.</summary>
internal sealed record Fault(int Number, string Kind, string Target, TimeSpan After, TimeSpan For)
{
    public const string Broker = "broker";
    public const string Database = "database";

    public const string Killed = "killed";
    public const string Stopped = "stopped";
    public const string Frozen = "frozen";
    public const string KilledAgain = "killed while it starts";
    public const string KilledTogether = "killed together with the database";
    public const string PowerCut = "everything killed, started in any order";
    public const string Restarted = "all programs stopped, started in any order";
    public const string Second = "a second one beside it, one of the two killed";
    public const string Cut = "connections cut";
    public const string Slow = "connections slow";
    public const string DiskFull = "disk full";
    public const string Upgraded = "of the previous release, upgraded";

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Number}: {Target} {Kind} after {After.TotalSeconds:0.0} s for {For.TotalSeconds:0.0} s");

    /// <summary>Of separate programs. The same seed plans the same faults.</summary>
    public static IReadOnlyList<Fault> PlanSeparate(int seed, int faults, bool full, bool withDisk)
    {
        var random = new Random(seed);
        // Every kind comes once before the first comes again; so does every program among those killed.
        var (kinds, targets) = (new Deck<(string Kind, string? Target)>(random,
        [
            .. withDisk ? new (string, string?)[] { (DiskFull, Database) } : [], (DiskFull, Broker),
            (Killed, null), (Killed, null), (Killed, null), (Killed, Broker), (Killed, Database), (Stopped, Broker), (Frozen, Broker), (Frozen, Database), (Frozen, null),
            (KilledAgain, null), (KilledTogether, null), (Restarted, "everything"), (PowerCut, "everything"), (Second, null), (Cut, Broker), (Cut, Database), (Slow, Broker), (Slow, Database),
        ]), new Deck<string>(random, [.. Running.Services, Running.GatewayName]));
        var services = new Deck<string>(random, [.. Running.Services]);
        // Once in a full run long enough that every deadline and retry has its turn.
        var forAMinute = full;
        return [.. Enumerable.Range(1, faults).Select(number =>
        {
            var (kind, target) = kinds.Next();
            target ??= kind is Second ? services.Next() : targets.Next();
            var lasts = (kind, target) switch
            {
                (Stopped, Broker) when forAMinute => 60_000,
                (Stopped, Broker) or (Frozen, _) or (Slow, _) or (DiskFull, _) => random.Next(2_000, 9_000),
                _ => random.Next(0, 2_000),
            };
            forAMinute &= lasts != 60_000;
            return new Fault(number, kind, target, TimeSpan.FromMilliseconds(random.Next(300, 3_000)), TimeSpan.FromMilliseconds(lasts));
        })];
    }

    /// <summary>Every program of the previous release, one after the other: Identity and the web first, as operators are told, the others in any order.</summary>
    public static IReadOnlyList<Fault> PlanUpgrade(int seed)
    {
        var random = new Random(seed);
        string[] first = ["identity", "web"];
        string[] others = [.. Running.Services.Except(first), Running.GatewayName];
        random.Shuffle(others);
        return [.. first.Concat(others).Select((program, before) => new Fault(before + 1, Upgraded, program,
            TimeSpan.FromMilliseconds(random.Next(300, 3_000)), TimeSpan.FromMilliseconds(random.Next(1_000, 4_000))))];
    }

    /// <summary>Of the one process.</summary>
    public static IReadOnlyList<Fault> PlanEmbedded(int seed, int faults, bool withDisk)
    {
        var random = new Random(seed);
        var kinds = new Deck<string>(random, [Killed, Killed, Killed, KilledAgain, Frozen, Stopped, .. withDisk ? new[] { DiskFull, DiskFull } : []]);
        return [.. Enumerable.Range(1, faults).Select(number => new Fault(number, kinds.Next(), "the one process",
            TimeSpan.FromMilliseconds(random.Next(300, 4_000)), TimeSpan.FromMilliseconds(random.Next(0, 3_000))))];
    }

    /// <summary>Shuffled anew each time it is used up.</summary>
    private sealed class Deck<T>(Random random, T[] cards)
    {
        private readonly Queue<T> left = [];

        public T Next()
        {
            if (left.Count == 0)
            {
                var shuffled = (T[])cards.Clone();
                random.Shuffle(shuffled);
                foreach (var card in shuffled) left.Enqueue(card);
            }
            return left.Dequeue();
        }
    }
}
