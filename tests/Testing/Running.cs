using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Recruitment.Testing;

/// <summary>The product as an operator starts it: built programs, real ports, a throwaway data folder, demonstration mode.</summary>
public sealed class Running : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Services = ["identity", "suppliers", "accreditation", "grievances", "risk", "reports", "register", "web"];
    private readonly List<StartedProgram> programs = [];
    private readonly List<StartedProgram> ended = [];
    private readonly Dictionary<string, string> databases = [];
    private readonly Dictionary<string, Dictionary<string, string>> afterUpgrade = [];
    private string? release;
    private readonly string accountsFolder = Directory.CreateTempSubdirectory("recruitment-accounts-").FullName;
    private Accounts? accounts;

    private static readonly ConcurrentDictionary<int, byte> Given = [];
    private const string OneName = "all-in-one";
    public const string GatewayName = "gateway";

    private Running(int port)
    {
        Address = new($"http://localhost:{port}/");
        Workers = new($"http://workers.localhost:{port}/");
    }

    /// <summary>For staff.</summary>
    public Uri Address { get; }

    /// <summary>For workers.</summary>
    public Uri Workers { get; }

    public string DataFolder { get; private set; } = Directory.CreateTempSubdirectory("recruitment-journey-").FullName;

    /// <summary>Whether PostgreSQL and RabbitMQ were given, without which separate programs cannot talk to each other.</summary>
    public static bool CanRunSeparately => Postgres is { Length: > 0 } && Broker is { Length: > 0 };

    /// <summary>What the programs wrote, those included that were started again, for the message of a failed test.</summary>
    public string Output => string.Join("\n", ended.Concat(programs).Select(p => p.Output));

    /// <summary>How many characters of it there are.</summary>
    public long Written => ended.Concat(programs).Sum(p => p.Written);

    /// <summary>The programs by name: gateway and services, or all-in-one alone.</summary>
    public IEnumerable<string> Programs => programs.Select(p => p.Name);

    /// <summary>Of the one process, for measuring it from outside.</summary>
    public int ProcessId => programs[0].ProcessId;

    private static string? Postgres => Environment.GetEnvironmentVariable("TEST_POSTGRES");

    private static string? Broker => Environment.GetEnvironmentVariable("TEST_RABBITMQ");

    /// <summary>Everything in one process, on SQLite and an in-memory bus.</summary>
    /// <param name="issuer">Another issuer to trust, as an operator may; else the product's own, with its demonstration accounts and data.</param>
    /// <param name="settings">More settings, for instance <c>Demonstration:Cases</c>.</param>
    /// <param name="prepare">What is done with the data folder before anything is in it.</param>
    /// <remarks>With its own issuer the demonstration is loaded when this returns.</remarks>
    public static async Task<Running> AsOneProcess(TestIssuer? issuer = null, IReadOnlyDictionary<string, string>? settings = null, Func<string, Task>? prepare = null)
    {
        var running = new Running(FreePort());
        if (prepare is not null) await prepare(running.DataFolder);
        await running.StartAll(async () =>
        {
            var all = new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { ["Mode"] = "demonstration", ["DataFolder"] = running.DataFolder };
            if (issuer is not null) all["Issuer"] = issuer.Address;
            running.Start(OneName, "AllInOne", running.Address, all);
            await running.programs[0].Answers("health/ready");
            if (issuer is null) await running.programs[0].Says("demonstration ready");
        });
        return running;
    }

    /// <summary>Every service and the web alone, behind the gateway, on PostgreSQL and RabbitMQ.</summary>
    /// <param name="postgres">Another way to PostgreSQL than TEST_POSTGRES, for instance through something that cuts connections.</param>
    /// <param name="broker">Another host and port of RabbitMQ than that of TEST_RABBITMQ.</param>
    /// <param name="more">More settings for every program.</param>
    /// <param name="release">The folder of another release's built programs, to begin with those.</param>
    public static async Task<Running> AsManyProcesses(string? postgres = null, string? broker = null, IReadOnlyDictionary<string, string>? more = null, string? release = null)
    {
        var running = new Running(FreePort()) { release = release };
        await running.StartAll(async () =>
        {
            var addresses = Services.ToDictionary(name => name, _ => new Uri($"http://localhost:{FreePort()}/"));
            var settings = new Dictionary<string, string>(more ?? new Dictionary<string, string>())
            {
                ["Mode"] = "demonstration",
                ["DataFolder"] = running.DataFolder,
                ["Issuer"] = running.Address.ToString().TrimEnd('/'),
                ["MetadataAddress"] = new Uri(addresses["identity"], ".well-known/openid-configuration").ToString(),
            };
            // Each with the account that an operator would give it, not as the servers' administrator.
            var accounts = running.accounts = new(Path.Combine(running.accountsFolder, "accounts"), $"j{Guid.CreateVersion7().ToString("N")[20..]}_");
            var virtualHost = new Uri(await RabbitVirtualHost.Make(Broker!)).AbsolutePath[1..];
            await accounts.MakeBroker(Broker!, virtualHost);
            await accounts.MakeDatabases(Postgres!);
            foreach (var (name, address) in addresses) settings[$"Services:{name}"] = address.ToString().TrimEnd('/');

            running.Start(GatewayName, "Gateway", running.Address, settings);
            foreach (var name in Services)
            {
                running.databases[name] = new NpgsqlConnectionStringBuilder(Postgres) { Database = new NpgsqlConnectionStringBuilder(accounts.Database(Postgres!, name)).Database }.ConnectionString;
                var own = new Dictionary<string, string>(settings)
                {
                    ["ConnectionStrings:rabbitmq"] = Through(broker, accounts.Broker(Broker!, virtualHost, name)),
                };
                foreach (var store in name == "grievances" ? ["grievances", "erasure"] : new[] { name })
                {
                    own[$"ConnectionStrings:{store}"] = $"{accounts.Database(postgres ?? Postgres!, store)};Maximum Pool Size=10";
                    own[$"ConnectionStrings:{store}-migrator"] = accounts.Migrator(postgres ?? Postgres!, store);
                }
                running.afterUpgrade[name] = own;
                running.Start(name, char.ToUpperInvariant(name[0]) + name[1..], addresses[name], release is null ? own : BeforeAccounts(own, Through(broker, $"{Broker}/{virtualHost}")));
            }
            await running.Ready();
        });
        return running;
    }

    /// <summary>As it was before each had accounts of its own: owner of its database, and administrator of the broker.</summary>
    private static Dictionary<string, string> BeforeAccounts(Dictionary<string, string> own, string broker)
    {
        var before = new Dictionary<string, string>(own) { ["ConnectionStrings:rabbitmq"] = broker };
        foreach (var migrator in own.Keys.Where(k => k.EndsWith("-migrator", StringComparison.Ordinal)))
        {
            before[migrator[..^"-migrator".Length]] = $"{own[migrator]};Maximum Pool Size=10";
            before.Remove(migrator);
        }
        return before;
    }

    /// <summary>A client as a program would be one: no cookies, no redirects.</summary>
    public HttpClient Client() => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };

    /// <summary>The demonstration's machine of that role, with a token from the product's own issuer.</summary>
    public async Task<HttpClient> As(string role)
    {
        var client = Client();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = $"demo-{role}",
            ["client_secret"] = await File.ReadAllTextAsync(Path.Combine(DataFolder, "secrets", "demo-client")),
            ["scope"] = "api",
        });
        using var answer = await client.PostAsync("connect/token", form);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"No token for {role}: {answer.StatusCode} {body}\n{Output}");
        client.DefaultRequestHeaders.Authorization = new("Bearer", JsonDocument.Parse(body).RootElement.GetProperty("access_token").GetString());
        return client;
    }

    /// <summary>A port that nobody listens on now, and that no connection and no server of the tests (packages.sh) is given before it is listened on: the system takes those from 32768 on.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(10_000, 20_000);
            if (!Given.TryAdd(port, 0)) continue;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody listens there.
            }
        }
    }

    /// <summary>Starts the one process again after <see cref="Stop"/> or <see cref="Kill()"/>, on another data folder if one is given.</summary>
    public async Task StartAgain(string? dataFolder = null)
    {
        if (dataFolder is not null)
        {
            Directory.Delete(DataFolder, recursive: true);
            DataFolder = dataFolder;
        }
        StartProgramAgain(OneName, dataFolder is null ? null : new Dictionary<string, string> { ["DataFolder"] = DataFolder });
        await Ready();
        await programs[0].Says("demonstration ready");
    }

    /// <summary>Starts a program that has ended again, with the settings it had; does not wait until it answers.</summary>
    public void StartProgramAgain(string name, IReadOnlyDictionary<string, string>? otherSettings = null)
    {
        var before = Program(name);
        if (!before.HasEnded) throw new InvalidOperationException($"{name} still runs.");
        ended.Add(before);
        programs[programs.IndexOf(before)] = before.Again(otherSettings);
    }

    /// <summary>A second process of a service beside the first, on the same database and broker; nothing sends it requests.</summary>
    public async Task<StartedProgram> SecondOf(string name)
    {
        var second = Program(name).Again(address: new Uri($"http://localhost:{FreePort()}/"));
        ended.Add(second); // so that what it writes is kept and it is ended with the others
        await second.Answers("health/ready");
        return second;
    }

    /// <summary>
    /// As an operator upgrades one without a pause: one of the new release beside the old, on the same database and broker; then the old one stops, and the new one answers in its place.
    /// </summary>
    /// <param name="name">Which.</param>
    /// <param name="together">How long both run; only the old one is sent requests.</param>
    public async Task Upgrade(string name, TimeSpan together)
    {
        var old = Program(name);
        var settings = afterUpgrade.GetValueOrDefault(name);
        var beside = old.Upgraded(settings, new Uri($"http://localhost:{FreePort()}/"));
        ended.Add(beside);
        await beside.Answers(name == GatewayName ? "health/live" : "health/ready");
        await Task.Delay(together);
        await old.Stop();
        ended.Add(old);
        programs[programs.IndexOf(old)] = old.Upgraded(settings);
        await Ready();
        await beside.Stop();
    }

    /// <summary>One of the programs, by its name.</summary>
    public StartedProgram Program(string name) => programs.Single(p => p.Name == name);

    /// <summary>Waits until every program says that it is ready.</summary>
    public async Task Ready()
    {
        foreach (var program in programs) await program.Answers(program.Name == GatewayName ? "health/live" : "health/ready");
    }

    /// <summary>A service's own database, to look into from outside.</summary>
    public DbConnection Database(string service) => databases.TryGetValue(service, out var connection)
        ? new NpgsqlConnection($"{connection};Pooling=false")
        : new SqliteConnection($"Data Source={Path.Combine(DataFolder, $"{service}.db")};Pooling=false");

    /// <summary>Takes a service's database away and lets the service begin with a new one.</summary>
    public async Task Empty(IReadOnlyList<string> services)
    {
        if (databases.Count == 0)
        {
            await Stop();
            foreach (var file in services.SelectMany(name => Directory.GetFiles(DataFolder, $"{name}.db*"))) File.Delete(file);
            foreach (var name in services) File.Delete(Path.Combine(DataFolder, "databases-made", $"{name}.db")); // on purpose, not lost
            await StartAgain();
            return;
        }
        foreach (var name in services)
        {
            await Program(name).Stop();
            var gone = new NpgsqlConnectionStringBuilder(databases[name]);
            await using (var server = new NpgsqlConnection($"{Postgres};Database=postgres;Pooling=false"))
            {
                await server.OpenAsync();
                await using var drop = server.CreateCommand();
                drop.CommandText = $"DROP DATABASE \"{gone.Database}\" WITH (FORCE)";
                await drop.ExecuteNonQueryAsync();
            }
            NpgsqlConnection.ClearAllPools();
            await accounts!.MakeDatabases(Postgres!, only: name);
            StartProgramAgain(name);
        }
        await Ready();
    }

    /// <summary>Ends every program; what they wrote, and their data folder, can still be read.</summary>
    public async Task Stop()
    {
        foreach (var program in programs) await program.Stop();
    }

    /// <summary>kill -9 of every program.</summary>
    public async Task Kill()
    {
        foreach (var program in programs) await program.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in ended.Concat(programs)) await program.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
        Directory.Delete(accountsFolder, recursive: true);
    }

    private void Start(string name, string project, Uri address, Dictionary<string, string> settings) => programs.Add(new(project, address, settings, name, release));

    private static string Through(string? hostAndPort, string amqp) => hostAndPort is null ? amqp : amqp.Replace(new Uri(amqp).Authority.Split('@')[^1], hostAndPort, StringComparison.Ordinal);

    private async Task StartAll(Func<Task> start)
    {
        try
        {
            await start();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }
}
