using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Recruitment.Testing;

namespace Recruitment.Faults.Tests.Faults;

/// <summary>The PostgreSQL and RabbitMQ that tests/infrastructure/servers.sh started: ended without warning and started again as they were.</summary>
internal sealed class Servers
{
    private readonly string folder = Environment.GetEnvironmentVariable("TEST_SERVERS") ?? "";

    private string FirstOfDatabase => Path.Combine(folder, "postgres", "data", "postmaster.pid");

    public static bool MayBeKilled => Directory.Exists(Environment.GetEnvironmentVariable("TEST_SERVERS"));

    /// <summary>What both wrote about themselves, from their first start, and everything that the broker keeps.</summary>
    public IEnumerable<string> Written => Logs.Concat(Directory.EnumerateFiles(Path.Combine(folder, "rabbitmq"), "*", SearchOption.AllDirectories)).Distinct();

    private IEnumerable<string> Logs => Directory.EnumerateFiles(folder, "*.log", SearchOption.AllDirectories);

    public async Task Kill(string server)
    {
        await Signal("KILL", server, andWait: true);
        // Where the machine's first process buries the dead late, a dead server's number still answers, and the next one would not start beside it.
        if (server == Fault.Database) File.Delete(FirstOfDatabase);
    }

    public Task Freeze(string server) => Signal("STOP", server, andWait: false);

    public Task Thaw(string server) => Signal("CONT", server, andWait: false);

    /// <summary>What the database writes to, if it is a disk of its own.</summary>
    public Task<SmallDisk?> DiskOfDatabase() => SmallDisk.At(Path.Combine(folder, "postgres"));

    /// <summary>The broker takes nothing more: it wants more room on its disk than there is.</summary>
    public Task FillBroker() => Tell("set_disk_free_limit", "1000000GB");

    public Task FreeBroker() => Tell("set_disk_free_limit", "50MB");

    /// <summary>A fault that the broker did not understand is none.</summary>
    private async Task Tell(params string[] order)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "rabbitmqctl"), order) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (said, wrong) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', order)} ended with {process.ExitCode}: {await said} {await wrong}");
    }

    /// <summary>Whether it runs, or gave up on its own.</summary>
    public async Task<bool> Runs(string server) => (server != Fault.Database || File.Exists(FirstOfDatabase)) && (await Members(server)).Any(IsThere);

    /// <summary>Politely: the broker ends what it has begun.</summary>
    public async Task StopBroker()
    {
        var group = await Members(Fault.Broker);
        await Run("kill", ["-TERM", "--", .. group.Select(p => $"{p}")]);
        await Gone(group);
    }

    /// <summary>Returns when it listens.</summary>
    public async Task Start(string server)
    {
        var script = Path.Combine(folder, server == Fault.Broker ? "start-rabbitmq" : "start-postgres");
        var port = server == Fault.Broker ? new Uri(Environment.GetEnvironmentVariable("TEST_RABBITMQ")!).Port : Port(Environment.GetEnvironmentVariable("TEST_POSTGRES")!);
        var waited = Stopwatch.StartNew();
        var started = Process.Start(script)!;
        while (true)
        {
            // pg_ctl goes when the server takes connections; it fails as long as a child that had just been born when its parent was killed holds their memory.
            if (server == Fault.Database && started.HasExited && started.ExitCode != 0) started = Process.Start(script)!;
            else if (await Listens(port) && (server == Fault.Broker || started.HasExited)) return;
            if (waited.Elapsed > TimeSpan.FromMinutes(2)) throw new TimeoutException($"The {server} did not start again within two minutes: {string.Join('\n', Logs.Select(Read).Select(l => l.Length > 2000 ? l[^2000..] : l))}");
            await Task.Delay(100);
        }
    }

    /// <summary>The whole server: the broker's process group, the database's first process and its children.</summary>
    private async Task<IReadOnlyList<int>> Members(string server)
    {
        if (server == Fault.Broker) return await Numbers("pgrep", "-g", (await File.ReadAllTextAsync(Path.Combine(folder, "rabbitmq.pid"))).Trim());

        var first = (await File.ReadAllLinesAsync(FirstOfDatabase))[0].Trim();
        // The first of all first: it would make up for a child that died.
        return [int.Parse(first, CultureInfo.InvariantCulture), .. await Numbers("pgrep", "-P", first)];
    }

    private async Task Signal(string signal, string server, bool andWait)
    {
        var members = await Members(server);
        await Run("kill", [$"-{signal}", "--", .. members.Select(p => $"{p}")]);
        if (andWait) await Gone(members);
    }

    private static async Task Gone(IReadOnlyList<int> members)
    {
        var waited = Stopwatch.StartNew();
        while (members.Any(IsThere))
        {
            if (waited.Elapsed > TimeSpan.FromMinutes(1)) throw new TimeoutException("A server did not end within a minute.");
            await Task.Delay(20);
        }
    }

    /// <summary>One that has ended and whom nobody has asked how is gone as well.</summary>
    private static bool IsThere(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/stat").Split(')')[^1].Trim()[0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<bool> Listens(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    public static int Port(string connection) => int.Parse(connection.Split(';').Single(p => p.StartsWith("Port=", StringComparison.OrdinalIgnoreCase))[5..], CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<int>> Numbers(string program, params string[] arguments) =>
        [.. (await Run(program, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

    private static async Task<string> Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    private static string Read(string file)
    {
        using var shared = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return shared.ReadToEnd();
    }
}
