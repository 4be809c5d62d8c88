using System.Globalization;
using Recruitment.AllInOne.Demonstration;
using Recruitment.Faults.Tests.Faults;
using Recruitment.Testing;

namespace Recruitment.Faults.Tests;

/// <summary>Nothing acknowledged is lost and nothing counts twice, whatever is killed. A handful of faults; tests/Faults/run makes as many as it is told.</summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    private const int Handful = 6;

    private static bool IsFull => Environment.GetEnvironmentVariable("FAULTS") is { Length: > 0 };

    [Fact]
    public async Task Separate_programs_on_PostgreSQL_and_RabbitMQ_lose_nothing()
    {
        Assert.SkipUnless(Running.CanRunSeparately && Servers.MayBeKilled, "Needs the servers of tests/infrastructure/servers.sh, which it kills.");
        var seed = Seed();
        await using var database = new Line(Servers.Port(Environment.GetEnvironmentVariable("TEST_POSTGRES")!));
        await using var broker = new Line(new Uri(Environment.GetEnvironmentVariable("TEST_RABBITMQ")!).Port);
        var postgres = Environment.GetEnvironmentVariable("TEST_POSTGRES")!.Replace(Port(Servers.Port(Environment.GetEnvironmentVariable("TEST_POSTGRES")!)), Port(database.Port), StringComparison.Ordinal);
        await using var disk = await new Servers().DiskOfDatabase();
        if (disk is null) Say("Not run here: a full disk under PostgreSQL, for this machine lets us mount none.");
        await using var collector = await Collector.Start();
        await using var running = await Running.AsManyProcesses(postgres, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{broker.Port}"), collector.Settings);
        // What one process loads at its start, from outside.
        await new Loader(running.Address, name => File.ReadAllText(Path.Combine(running.DataFolder, "secrets", name))).Load(cases: 0, TestContext.Current.CancellationToken);

        await Run(running, new Dictionary<string, Line> { [Fault.Database] = database, [Fault.Broker] = broker }, Fault.PlanSeparate(seed, Faults(of: 3), IsFull, disk is not null), seed, collector, disk);
    }

    [Fact]
    public async Task Upgraded_one_after_the_other_from_the_previous_release_they_lose_nothing()
    {
        var release = Environment.GetEnvironmentVariable("PREVIOUS_RELEASE");
        Assert.SkipUnless(Running.CanRunSeparately && Directory.Exists(release), "Needs the built programs of the previous release, which tests/Faults/run makes.");
        var seed = Seed();
        await using var collector = await Collector.Start();
        await using var running = await Running.AsManyProcesses(more: collector.Settings, release: release);
        await new Loader(running.Address, name => File.ReadAllText(Path.Combine(running.DataFolder, "secrets", name))).Load(cases: 0, TestContext.Current.CancellationToken);

        await Run(running, new Dictionary<string, Line>(), Fault.PlanUpgrade(seed), seed, collector, disk: null);
    }

    [Fact]
    public async Task The_one_process_on_SQLite_loses_nothing()
    {
        var seed = Seed();
        SmallDisk? disk = null;
        await using var collector = await Collector.Start();
        await using var running = await Running.AsOneProcess(settings: new Dictionary<string, string>(collector.Settings) { ["Demonstration:Cases"] = "0" }, prepare: async folder => disk = await SmallDisk.TryMake(folder));
        await using var _ = disk;
        if (disk is null) Say("Not run here: a full disk, for this machine lets us mount none.");

        await Run(running, new Dictionary<string, Line>(), Fault.PlanEmbedded(seed, Faults(of: 1), disk is not null), seed, collector, disk);
    }

    private async Task Run(Running running, IReadOnlyDictionary<string, Line> lines, IReadOnlyList<Fault> plan, int seed, Collector collector, SmallDisk? disk)
    {
        Say($"Seed {seed}, {plan.Count} faults: tests/Faults/run {Environment.GetEnvironmentVariable("FAULTS")} {seed} makes the same again.");
        await using var run = new FaultRun(running, new Servers(), lines, disk, [collector.File], seed, Say, TestContext.Current.CancellationToken);
        try
        {
            Assert.Empty(await run.Through(plan));
        }
        catch
        {
            var kept = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"recruitment-faults-{seed}-{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.log"));
            await File.WriteAllTextAsync(kept, running.Output);
            Say($"What the programs wrote is in {kept}.");
            throw;
        }
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        if (IsFull) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:HH:mm:ss} {line}"));
    }

    /// <summary>So many quarters of all.</summary>
    private static int Faults(int of) => IsFull ? int.Parse(Environment.GetEnvironmentVariable("FAULTS")!, CultureInfo.InvariantCulture) * of / 4 : Handful * of / 2;

    private static int Seed() => int.TryParse(Environment.GetEnvironmentVariable("SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next(1, 1_000_000);

    private static string Port(int port) => string.Create(CultureInfo.InvariantCulture, $"Port={port}");
}
