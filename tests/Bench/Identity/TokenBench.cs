using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Recruitment.Bench.Messaging;
using Recruitment.Testing;

namespace Recruitment.Bench.Identity;

/// <summary>Tokens that a program gets for its secret, a second: Identity alone on PostgreSQL, with its clients in the database, against the same library without one.</summary>
internal static class TokenBench
{
    private const int Callers = 16;
    private const int Rounds = 5;
    private const int Clients = 20;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<Figure>> Run()
    {
        await using var servers = await OwnServers.Start();
        await servers.Do("postgres", "CREATE DATABASE identity_bench");
        var folder = Directory.CreateTempSubdirectory("recruitment-tokens-").FullName;
        try
        {
            var (ours, bare) = (new Uri($"http://localhost:{Running.FreePort()}/"), new Uri($"http://localhost:{Running.FreePort()}/"));
            await using var identity = new StartedProgram("Identity", ours, new Dictionary<string, string>
            {
                ["Mode"] = "demonstration", ["DataFolder"] = folder, ["Issuer"] = ours.ToString().TrimEnd('/'), ["ConnectionStrings:identity"] = servers.Database("identity_bench"),
                ["ConnectionStrings:rabbitmq"] = await servers.VirtualHost("identity"), ["ApiClients:TokensPerMinute"] = "1000000",
            });
            await identity.Answers("health/ready");
            using var peer = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["--bare-issuer", bare.ToString().TrimEnd('/')]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            if (await peer.StandardOutput.ReadLineAsync() != "ready") throw new InvalidOperationException("The issuer without a database did not start.");
            try
            {
                return [await Compare(ours, await OwnClients(ours, folder), bare)];
            }
            finally
            {
                peer.StandardInput.Close();
                await peer.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Figure> Compare(Uri ours, IReadOnlyList<(string Id, string Secret)> clients, Uri bare)
    {
        IReadOnlyList<(string, string)> one = [(BareIssuer.Client, BareIssuer.Secret)];
        await PerSecond(ours, clients);
        await PerSecond(bare, one);
        var rounds = new List<(double Ours, double Bare)>();
        for (var i = 0; i < Rounds; i++) rounds.Add((await PerSecond(ours, clients), await PerSecond(bare, one)));
        var middle = rounds.OrderBy(r => r.Ours / r.Bare).ElementAt(Rounds / 2);
        return Benchmarks.TokenRatio.AtLeast(middle.Ours / middle.Bare, "OpenIddict, no database", FormattableString.Invariant(
            $"{middle.Ours:0} tokens/s against {middle.Bare:0} (rounds: {string.Join(", ", rounds.Select(r => FormattableString.Invariant($"{r.Ours:0}")))} against {string.Join(", ", rounds.Select(r => FormattableString.Invariant($"{r.Bare:0}")))}); client_secret_post, {clients.Count} clients, {Callers} callers on the same machine; each token is a row in PostgreSQL, durable"));
    }

    private static async Task<double> PerSecond(Uri issuer, IReadOnlyList<(string Id, string Secret)> clients)
    {
        using var http = new HttpClient { BaseAddress = issuer };
        var (count, watch) = (0, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var (id, secret) = clients[caller % clients.Count];
            while (watch.Elapsed < Round)
            {
                await Token(http, id, secret, BareIssuer.Scope);
                Interlocked.Increment(ref count);
            }
        }));
        return count / watch.Elapsed.TotalSeconds;
    }

    private static async Task<string> Token(HttpClient http, string id, string secret, string scope)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret, ["scope"] = scope });
        using var answer = await http.PostAsync("connect/token", form);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"No token for {id}: {answer.StatusCode} {body}");
        return body;
    }

    /// <summary>As many as an organisation may have, made as an owner makes them.</summary>
    private static async Task<IReadOnlyList<(string Id, string Secret)>> OwnClients(Uri issuer, string folder)
    {
        using var http = new HttpClient { BaseAddress = issuer };
        var owner = await Token(http, "demo-owner", (await File.ReadAllTextAsync(Path.Combine(folder, "secrets", "demo-client"))).Trim(), "api");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", JsonDocument.Parse(owner).RootElement.GetProperty("access_token").GetString());
        var clients = new List<(string, string)>();
        while (clients.Count < Clients)
        {
            using var made = await http.PostAsJsonAsync("api/v1/identity/clients", new { name = $"program {clients.Count + 1}", role = "brand_analyst", scopes = new[] { BareIssuer.Scope } });
            made.EnsureSuccessStatusCode();
            var client = await made.Content.ReadFromJsonAsync<JsonElement>();
            clients.Add((client.GetProperty("clientId").GetString()!, client.GetProperty("secret").GetString()!));
        }
        return clients;
    }
}
