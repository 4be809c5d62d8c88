using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using Recruitment.Testing;

namespace Recruitment.Bench;

/// <summary>The embedded product as a process on a folder of its own, trusting a token issuer of ours, so that every role can be measured.</summary>
internal sealed class Product : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-bench-").FullName;
    private readonly Uri address = new($"http://localhost:{Running.FreePort()}/");
    private readonly System.Runtime.CompilerServices.ConditionalWeakTable<HttpClient, Func<string>> tokens = [];
    private TestIssuer? issuer;
    private StartedProgram? program;

    /// <summary>Seconds from the start of the process to its first page, on a folder that already has its databases.</summary>
    public double WarmStart { get; private set; }

    public static async Task<Product> Start()
    {
        var product = new Product { issuer = await TestIssuer.Start() };
        await product.Launch();
        await product.program!.DisposeAsync();

        var watch = Stopwatch.StartNew();
        await product.Launch();
        product.WarmStart = watch.Elapsed.TotalSeconds;
        return product;
    }

    /// <summary>A client for one role, or a stranger.</summary>
    public HttpClient Client(string? role = null, Guid? party = null, string kind = "")
    {
        var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        if (role is not null)
        {
            string Fresh() => issuer!.Token([role], party, kind, $"{role}:{party}");
            tokens.Add(client, Fresh);
            Renew(client);
        }
        return client;
    }

    /// <summary>A new token for a client of ours; one lives for ten minutes.</summary>
    public void Renew(HttpClient client)
    {
        if (tokens.TryGetValue(client, out var fresh)) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", fresh());
    }

    /// <summary>Where its databases are.</summary>
    public string Folder => folder;

    /// <summary>The most memory it ever had, in MB.</summary>
    public double PeakMegabytes() => Megabytes(program!.ProcessId, "VmHWM:");

    /// <summary>A process's memory in MB, as the kernel counts it: VmRSS now, VmHWM at most.</summary>
    public static double Megabytes(int process, string which)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith(which, StringComparison.Ordinal));
        return double.Parse(line[which.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (program is not null) await program.DisposeAsync();
        if (issuer is not null) await issuer.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task Launch()
    {
        program = new("AllInOne", address, new Dictionary<string, string>
        {
            ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = issuer!.Address,
        });
        await program.Answers("health/live");
        using var http = new HttpClient { BaseAddress = address };
        using var page = await http.GetAsync("");
        page.EnsureSuccessStatusCode();
    }
}
