using System.Diagnostics;
using System.Globalization;
using Recruitment.Faults.Tests.Faults;

namespace Recruitment.Bench.Messaging;

/// <summary>Outbox, broker and inbox against plain MassTransit on the same broker, and how it grows, fills up and recovers.</summary>
internal static class MessagingBench
{
    private const int Writers = 16;
    private const int WarmUp = 2_000;
    private const int Events = 4_000;
    private const int Rounds = 5;

    /// <summary>By turns, so that what else the machine does befalls both; the middle of the rounds.</summary>
    public static async Task<IReadOnlyList<Figure>> Ratio()
    {
        await using var servers = await OwnServers.Start();
        await using var ours = await Line.Start(servers, "ours");
        await using var plain = await Line.Start(servers, "plain", plain: true);
        // It may have as many at once as ours, where that is faster for it.
        await using var many = await Line.Start(servers, "many", plain: true, prefetch: new Platform.MessagingOptions().Prefetch);
        var figures = new List<Figure>();
        foreach (var (planned, change) in new[] { (Benchmarks.OutboxRatio, false), (Benchmarks.OutboxRatioWithChange, true) })
        {
            await ours.Throughput(WarmUp, Writers, change);
            await plain.Throughput(WarmUp, Writers, change);
            await many.Throughput(WarmUp, Writers, change);
            var (mine, peer, peerOfMany) = (new List<double>(), new List<double>(), new List<double>());
            var before = (ours.ProcessorSeconds, plain.ProcessorSeconds, Machine.Now());
            for (var round = 0; round < Rounds; round++)
            {
                mine.Add(await ours.Throughput(Events, Writers, change));
                peer.Add(await plain.Throughput(Events, Writers, change));
                peerOfMany.Add(await many.Throughput(Events, Writers, change));
            }
            var (best, with) = Middle(peerOfMany) > Middle(peer) ? (peerOfMany, new Platform.MessagingOptions().Prefetch) : (peer, Line.PlainPrefetch);
            if (await ours.HeardTwice() > 0 || await ours.Waiting() > 0) throw new InvalidOperationException("Something was handled twice, or still waits.");
            figures.Add(planned.AtLeast(Middle([.. mine.Zip(best, (m, p) => m / p)]), "MassTransit 8, no outbox/inbox", string.Create(CultureInfo.InvariantCulture,
                $"{Middle(mine):0} events/s against {Middle(best):0} (rounds: {All(mine)} against {All(peer)} with {Line.PlainPrefetch} fetched ahead and {All(peerOfMany)} with {new Platform.MessagingOptions().Prefetch}; compared with {with}); processor time of sender and hearer {PerEvent(ours.ProcessorSeconds - before.Item1):0.00} ms an event against {PerEvent(plain.ProcessorSeconds - before.Item2):0.00}; {Machine.Now().Since(before.Item3)}; {Writers} publishers, one consumer process, quorum queue, same message and same row")));
        }
        return figures;
    }

    /// <summary>What saving an event adds to a change that is saved anyway.</summary>
    public static async Task<IReadOnlyList<Figure>> Latency()
    {
        await using var servers = await OwnServers.Start();
        await using var ours = await Line.Start(servers, "latency");
        await ours.Throughput(WarmUp, Writers, change: true);
        var ms = (await ours.Sender.Ask("latency 600")).Split(' ').Select(m => double.Parse(m, CultureInfo.InvariantCulture)).ToList();
        return
        [
            Benchmarks.WriteLatency.Shown(ms[0] - ms[1], string.Create(CultureInfo.InvariantCulture, $"middle of 600 commits with an event {ms[0]:0.00} ms, by turns with 600 without {ms[1]:0.00} ms; one writer, PostgreSQL flushing at every commit")),
            Benchmarks.WriteLatency95.Shown(ms[2] - ms[3], string.Create(CultureInfo.InvariantCulture, $"95th percentile with an event {ms[2]:0.00} ms, without {ms[3]:0.00} ms")),
        ];
    }

    /// <summary>One, two and four processes of one service at one queue.</summary>
    public static async Task<IReadOnlyList<Figure>> Growth()
    {
        const int Queued = 20_000;
        await using var servers = await OwnServers.Start();
        await using var ours = await Line.Start(servers, "growth");
        await ours.Throughput(WarmUp, Writers, change: false);
        var rates = new List<(double Rate, string Limit)>();
        foreach (var processes in new[] { 1, 2, 4 }) rates.Add(await ours.Drain(Queued, processes));
        if (await ours.HeardTwice() > 0) throw new InvalidOperationException("Something was handled twice.");
        string Told(int i) => string.Create(CultureInfo.InvariantCulture, $"{rates[i].Rate:0} events/s ({rates[i].Limit})");
        return
        [
            Benchmarks.GrowthOfTwo.Shown(rates[1].Rate / rates[0].Rate, $"{Told(1)} against {Told(0)} of one process, {Queued} queued"),
            Benchmarks.GrowthOfFour.Shown(rates[2].Rate / rates[0].Rate, Told(2)),
        ];
    }

    /// <summary>How many of a queue a process holds at once, by how fast a full queue is drained.</summary>
    public static async Task<IReadOnlyList<Figure>> Prefetch()
    {
        const int Queued = 8_000;
        var tried = new[] { 10, 50, 100, 200, 400 };
        await using var servers = await OwnServers.Start();
        var rates = tried.ToDictionary(p => p, _ => new List<double>());
        for (var round = 0; round < 3; round++)
        {
            foreach (var prefetch in tried)
            {
                await using var line = await Line.Start(servers, $"prefetch{prefetch}", prefetch: prefetch);
                rates[prefetch].Add((await line.Drain(Queued, 1)).Rate);
            }
        }
        var chosen = new Platform.MessagingOptions().Prefetch;
        return [Benchmarks.Prefetch.Shown(chosen, string.Join("; ", rates.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Key}: {Middle(r.Value):0} events/s"))) + $"; one process, {Queued} queued, middle of three")];
    }

    /// <summary>A million in the queue and out again, in processes that did nothing else, against ten thousand.</summary>
    public static async Task<IReadOnlyList<Figure>> Million()
    {
        await using var servers = await OwnServers.Start();
        var few = await Peaks(servers, "few", 10_000);
        var many = await Peaks(servers, "many", 1_000_000);
        return
        [
            Benchmarks.MillionGrowth.AtMost(Math.Max(many.Sender / few.Sender, many.Hearer / few.Hearer)) with
            {
                Note = string.Create(CultureInfo.InvariantCulture,
                    $"most memory of the publisher {many.Sender:0} MB against {few.Sender:0} at 10 000, of the consumer {many.Hearer:0} against {few.Hearer:0}; saved in {many.Saved:0} s, in the queue after {many.Queued:0} s, drained in {many.Drained:0} s more"),
            },
        ];
    }

    private static async Task<(double Sender, double Hearer, double Saved, double Queued, double Drained)> Peaks(OwnServers servers, string name, int events)
    {
        await using var line = await Line.Start(servers, name);
        await line.StopHearers();
        using var cleaning = new CancellationTokenSource();
        var cleaned = CleanNowAndThen(line, cleaning.Token);
        var watch = Stopwatch.StartNew();
        var saved = double.Parse(await line.Sender.Ask($"bulk {events}"), CultureInfo.InvariantCulture);
        await Line.Until(async () => await line.Waiting() == 0, TimeSpan.FromHours(2), TimeSpan.FromSeconds(1));
        var queued = watch.Elapsed.TotalSeconds;
        await line.AddHearer();
        await Line.Until(async () => await line.Heard() == events, TimeSpan.FromHours(2), TimeSpan.FromSeconds(1));
        await cleaning.CancelAsync();
        await cleaned;
        if (await line.HeardTwice() > 0) throw new InvalidOperationException("Something was handled twice.");
        return (line.Sender.Megabytes("VmHWM:"), line.Hearers[0].Megabytes("VmHWM:"), saved, queued, watch.Elapsed.TotalSeconds - queued);
    }

    /// <summary>As an operator's PostgreSQL does by itself.</summary>
    private static async Task CleanNowAndThen(Line line, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await line.Vacuum();
            await Task.Delay(TimeSpan.FromSeconds(20), stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>From the moment that what was killed runs again until everything flows and what waited is handled; the longest of the four.</summary>
    public static async Task<IReadOnlyList<Figure>> Recovery()
    {
        await using var servers = await OwnServers.Start();
        await using var line = await Line.Start(servers, "recovery");
        var killer = new Servers();
        await line.Sender.Ask("begin");
        var times = new List<(string What, double Seconds)>();
        var savedBefore = 0L;
        foreach (var what in new[] { "consumer", "publisher", Fault.Broker, Fault.Database })
        {
            await Flows(line, savedBefore, DateTime.MinValue);
            if (what == "publisher") savedBefore += long.Parse(await line.Sender.Ask("saved"), CultureInfo.InvariantCulture);
            var killed = DateTime.UtcNow;
            await (what switch { "consumer" => line.KillHearer(), "publisher" => line.Sender.Kill(), _ => killer.Kill(what) });
            await Task.Delay(TimeSpan.FromSeconds(2));
            await (what switch { "consumer" => line.AddHearer(), "publisher" => line.AddSender(), _ => killer.Start(what) });
            if (what == "publisher") await line.Sender.Ask("begin");
            times.Add((what, await Flows(line, savedBefore, killed)));
        }
        var saved = savedBefore + long.Parse(await line.Sender.Ask("end"), CultureInfo.InvariantCulture);
        // A commit whose answer was lost may have been made.
        await Line.Until(async () => await line.Heard() >= saved && await line.Waiting() == 0, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100));
        if (await line.HeardTwice() > 0) throw new InvalidOperationException("Something was handled twice.");
        return
        [
            Benchmarks.Recovery.AtMost(times.Max(t => t.Seconds)) with
            {
                Note = string.Join(", ", times.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.What} {t.Seconds:0.0} s"))) + $" after it ran again; killed with -9 under fifty changes a second, all {saved} acknowledged handled once",
            },
        ];
    }

    /// <summary>Seconds until what is saved from now on is heard, nothing from before the kill waits, and no more than is always under way.</summary>
    private static async Task<double> Flows(Line line, long savedBefore, DateTime killed)
    {
        const int UnderWay = 25;
        var now = await Saved();
        return await Line.Until(
            async () =>
            {
                try
                {
                    var saved = await Saved();
                    return saved >= now + UnderWay && await line.Heard() >= saved - UnderWay && await line.WaitingSince(killed) == 0;
                }
                catch (Npgsql.NpgsqlException)
                {
                    return false;
                }
            },
            TimeSpan.FromMinutes(3), TimeSpan.FromMilliseconds(50));

        async Task<long> Saved() => savedBefore + long.Parse(await line.Sender.Ask("saved"), CultureInfo.InvariantCulture);
    }

    private static double PerEvent(double seconds) => seconds * 1000 / (Rounds * Events);

    private static string All(IEnumerable<double> rates) => string.Join(", ", rates.Select(r => r.ToString("0", CultureInfo.InvariantCulture)));

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
