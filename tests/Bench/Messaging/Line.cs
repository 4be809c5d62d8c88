using System.Diagnostics;
using System.Globalization;

namespace Recruitment.Bench.Messaging;

/// <summary>A sender and hearers on databases and a virtual host of their own.</summary>
internal sealed class Line : IAsyncDisposable
{
    /// <summary>MassTransit's own on two processors; each message has a connection to the database while it is handled.</summary>
    public const int PlainPrefetch = 16;

    private readonly OwnServers servers;
    private readonly string name;
    private readonly string broker;
    private readonly bool plain;
    private readonly List<StationProcess> hearers = [];
    private readonly int prefetch;

    private Line(OwnServers servers, string name, string broker, bool plain, int prefetch) =>
        (this.servers, this.name, this.broker, this.plain, this.prefetch) = (servers, name, broker, plain, prefetch);

    public StationProcess Sender { get; private set; } = null!;

    public IReadOnlyList<StationProcess> Hearers => hearers;

    public static async Task<Line> Start(OwnServers servers, string name, bool plain = false, int? prefetch = null)
    {
        var line = new Line(servers, name, await servers.VirtualHost(name), plain, prefetch ?? (plain ? PlainPrefetch : new Platform.MessagingOptions().Prefetch));
        // The hearer first: its queue has to be there before anything is published.
        await line.AddHearer();
        await line.AddSender();
        return line;
    }

    public async Task AddSender() => Sender = await StationProcess.Start(plain ? Station.PlainSender : Station.Sender, servers.Database($"{name}_sender"), broker);

    public async Task AddHearer()
    {
        var hearer = await StationProcess.Start(plain ? Station.PlainHearer : Station.Hearer, servers.Database($"{name}_hearer"), broker, prefetch);
        lock (hearers) hearers.Add(hearer);
    }

    /// <summary>All at once; returns when the last of them hears.</summary>
    public Task AddHearers(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => AddHearer()));

    /// <summary>Fills the queue while nobody hears it; every row has left the outbox afterwards.</summary>
    public async Task Fill(int events)
    {
        await Sender.Ask($"bulk {events}");
        await Until(async () => await Waiting() == 0, TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(250));
    }

    /// <summary>So many that wait in the queue are heard by so many processes: how many a second, from when all hear until nearly none is left, and what the machine did.</summary>
    public async Task<(double Rate, string Limit)> Drain(int events, int processes)
    {
        await StopHearers();
        var before = await Heard();
        await Fill(events);
        await AddHearers(processes);
        var (watch, from, machine) = (Stopwatch.StartNew(), await Heard(), Machine.Now());
        var enough = before + (long)(events * 0.95);
        if (from >= enough) throw new InvalidOperationException("They were done before all had begun: too few events.");
        var until = from;
        await Until(async () => (until = await Heard()) >= enough, TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(100));
        var result = ((until - from) / watch.Elapsed.TotalSeconds, Machine.Now().Since(machine));
        await Until(async () => await Heard() >= before + events, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(100));
        return result;
    }

    public async Task StopHearers()
    {
        foreach (var hearer in hearers) await hearer.DisposeAsync();
        hearers.Clear();
    }

    public async Task KillHearer()
    {
        await hearers[0].Kill();
        hearers.Clear();
    }

    /// <summary>Of the sender and the hearers together.</summary>
    public double ProcessorSeconds => Sender.ProcessorSeconds + hearers.Sum(h => h.ProcessorSeconds);

    public Task<long> Heard() => servers.Count($"{name}_hearer", """SELECT count(*) FROM "Tellings" """);

    public Task<long> HeardTwice() => servers.Count($"{name}_hearer", """SELECT count(*) - count(DISTINCT "Id") FROM "Tellings" """);

    public Task<long> Waiting() => servers.Count($"{name}_sender", """SELECT count(*) FROM "Outbox" """);

    /// <summary>Saved before that moment and not yet with the broker.</summary>
    public Task<long> WaitingSince(DateTime utc) =>
        servers.Count($"{name}_sender", $"""SELECT count(*) FROM "Outbox" WHERE "CreatedAt" < '{utc.ToString("O", CultureInfo.InvariantCulture)}'""");

    /// <summary>As autovacuum would: the tests' servers run without it.</summary>
    public async Task Vacuum()
    {
        await servers.Do($"{name}_sender", "VACUUM ANALYZE");
        await servers.Do($"{name}_hearer", "VACUUM ANALYZE");
    }

    /// <summary>Events per second from the first that is saved until the last is handled.</summary>
    public async Task<double> Throughput(int events, int writers, bool change)
    {
        var before = await Heard();
        var watch = Stopwatch.StartNew();
        await Sender.Ask(string.Create(CultureInfo.InvariantCulture, $"each {events} {writers} {(change ? "change" : "alone")}"));
        await Until(async () => await Heard() >= before + events, TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(50));
        return events / watch.Elapsed.TotalSeconds;
    }

    public static async Task<double> Until(Func<Task<bool>> holds, TimeSpan atMost, TimeSpan look)
    {
        var watch = Stopwatch.StartNew();
        while (!await holds())
        {
            if (watch.Elapsed > atMost) throw new TimeoutException($"It did not come about within {atMost.TotalSeconds:0} s.");
            await Task.Delay(look);
        }
        return watch.Elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await StopHearers();
        if (Sender is not null) await Sender.DisposeAsync();
    }
}
