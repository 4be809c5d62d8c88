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
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issuer!.Token([role], party, kind, $"{role}:{party}"));
        return client;
    }

    /// <summary>The process's resident memory in MB, as the kernel counts it.</summary>
    public double ResidentMegabytes()
    {
        var line = File.ReadLines($"/proc/{program!.ProcessId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
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
