using System.Diagnostics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Bench.Identity;

/// <summary>What it costs a request that the service makes sure who asks and whether he may: the same empty answer with a token and a role, and open to everybody.</summary>
internal static class AccessBench
{
    private const int Blocks = 20;
    private const int PerBlock = 1_000;

    public static async Task<IReadOnlyList<Figure>> Run()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-access-").FullName;
        try
        {
            await using var issuer = await TestIssuer.Start();
            var builder = WebApplication.CreateSlimBuilder(["--Mode", "operation", "--DataFolder", folder, "--Issuer", issuer.Address, "--urls", $"http://127.0.0.1:{Running.FreePort()}"]);
            builder.Logging.ClearProviders();
            builder.AddServiceDefaults("bench");
            await using var app = builder.Build();
            app.UseServiceDefaults();
            app.MapGet("/open", () => Results.NoContent()).AllowAnonymous();
            app.MapGet("/closed", () => Results.NoContent()).RequireRoles(Roles.BrandAnalyst);
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
            var token = new AuthenticationHeaderValue("Bearer", issuer.Token([Roles.BrandAnalyst], Guid.CreateVersion7(), PartyKinds.Brand, "somebody"));
            await Block(http, "open", null);
            await Block(http, "closed", token);
            var costs = new List<double>();
            // One after the other, so that what else the machine does meets both.
            for (var i = 0; i < Blocks; i++) costs.Add(-await Block(http, "open", null) + await Block(http, "closed", token));
            costs.Sort();
            return [Benchmarks.AccessCost.AtMost(costs[Blocks / 2]) with { Note = FormattableString.Invariant($"middle of {Blocks} blocks of {PerBlock} requests; from {costs[0]:0} to {costs[^1]:0}; signature, lifetime, issuer, audience, type and role") }];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Microseconds for one request.</summary>
    private static async Task<double> Block(HttpClient http, string path, AuthenticationHeaderValue? token)
    {
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < PerBlock; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = token;
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
        return watch.Elapsed.TotalMicroseconds / PerBlock;
    }
}
