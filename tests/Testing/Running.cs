using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Recruitment.Testing;

/// <summary>The product as an operator starts it: built programs, real ports, a throwaway data folder, demonstration mode.</summary>
public sealed class Running : IAsyncDisposable
{
    private static readonly string[] Services = ["identity", "suppliers", "accreditation", "grievances", "risk", "reports", "register", "web"];
    private readonly List<StartedProgram> programs = [];

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

    /// <summary>What the programs wrote, for the message of a failed test.</summary>
    public string Output => string.Join("\n", programs.Select(p => p.Output));

    /// <summary>Of the one process, for measuring it from outside.</summary>
    public int ProcessId => programs[0].ProcessId;

    private static string? Postgres => Environment.GetEnvironmentVariable("TEST_POSTGRES");

    private static string? Broker => Environment.GetEnvironmentVariable("TEST_RABBITMQ");

    /// <summary>Everything in one process, on SQLite and an in-memory bus.</summary>
    /// <param name="issuer">Another issuer to trust, as an operator may; else the product's own, with its demonstration accounts and data.</param>
    /// <param name="settings">More settings, for instance <c>Demonstration:Cases</c>.</param>
    /// <remarks>With its own issuer the demonstration is loaded when this returns.</remarks>
    public static async Task<Running> AsOneProcess(TestIssuer? issuer = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var running = new Running(FreePort());
        await running.StartAll(async () =>
        {
            var all = new Dictionary<string, string>(settings ?? new Dictionary<string, string>()) { ["Mode"] = "demonstration", ["DataFolder"] = running.DataFolder };
            if (issuer is not null) all["Issuer"] = issuer.Address;
            running.Start("AllInOne", running.Address, all);
            await running.programs[0].Answers("health/ready");
            if (issuer is null) await running.programs[0].Says("demonstration ready");
        });
        return running;
    }

    /// <summary>Every service and the web alone, behind the gateway, on PostgreSQL and RabbitMQ.</summary>
    public static async Task<Running> AsManyProcesses()
    {
        var running = new Running(FreePort());
        await running.StartAll(async () =>
        {
            var addresses = Services.ToDictionary(name => name, _ => new Uri($"http://localhost:{FreePort()}/"));
            var settings = new Dictionary<string, string>
            {
                ["Mode"] = "demonstration",
                ["DataFolder"] = running.DataFolder,
                ["Issuer"] = running.Address.ToString().TrimEnd('/'),
                ["MetadataAddress"] = new Uri(addresses["identity"], ".well-known/openid-configuration").ToString(),
                ["ConnectionStrings:rabbitmq"] = await RabbitVirtualHost.Make(Broker!),
            };
            foreach (var (name, address) in addresses) settings[$"Services:{name}"] = address.ToString().TrimEnd('/');

            running.Start("Gateway", running.Address, settings);
            foreach (var name in Services)
            {
                var database = $"{Postgres};Database=journey_{name}_{Guid.CreateVersion7():N};Maximum Pool Size=10";
                running.Start(char.ToUpperInvariant(name[0]) + name[1..], addresses[name], new(settings) { [$"ConnectionStrings:{name}"] = database });
            }
            await running.programs[0].Answers("health/live");
            foreach (var program in running.programs.Skip(1)) await program.Answers("health/ready");
        });
        return running;
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

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the one process again after <see cref="Stop"/>, on another data folder if one is given.</summary>
    public async Task StartAgain(string? dataFolder = null)
    {
        if (dataFolder is not null)
        {
            Directory.Delete(DataFolder, recursive: true);
            DataFolder = dataFolder;
        }
        foreach (var program in programs) await program.DisposeAsync();
        programs.Clear();
        Start("AllInOne", Address, new() { ["Mode"] = "demonstration", ["DataFolder"] = DataFolder });
        await programs[0].Answers("health/ready");
        await programs[0].Says("demonstration ready");
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
        foreach (var program in programs) await program.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    private void Start(string project, Uri address, Dictionary<string, string> settings) => programs.Add(new(project, address, settings));

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
