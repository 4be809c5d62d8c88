using System.Diagnostics;
using System.Globalization;

namespace Recruitment.Bench.Messaging;

/// <summary>A sender and hearers on databases and a virtual host of their own.</summary>
internal sealed class Line : IAsyncDisposable
{
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

    public static async Task<Line> Start(OwnServers servers, string name, bool plain = false, int prefetch = 16)
    {
        var line = new Line(servers, name, await servers.VirtualHost(name), plain, prefetch);
        // The hearer first: its queue has to be there before anything is published.
        await line.AddHearer();
        line.Sender = await StationProcess.Start(plain ? Station.PlainSender : Station.Sender, servers.Database($"{name}_sender"), line.broker);
        return line;
    }

    public async Task AddHearer() =>
        hearers.Add(await StationProcess.Start(plain ? Station.PlainHearer : Station.Hearer, servers.Database($"{name}_hearer"), broker, prefetch));

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

    public Task<long> Heard() => servers.Count($"{name}_hearer", """SELECT count(*) FROM "Tellings" """);

    public Task<long> HeardTwice() => servers.Count($"{name}_hearer", """SELECT count(*) - count(DISTINCT "Id") FROM "Tellings" """);

    public Task<long> Waiting() => servers.Count($"{name}_sender", """SELECT count(*) FROM "Outbox" """);

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
