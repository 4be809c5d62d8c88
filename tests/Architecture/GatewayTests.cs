using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Recruitment.Testing;

namespace Recruitment.Architecture.Tests;

/// <summary>The front door as an operator starts it, before somebody else's services.</summary>
public sealed class GatewayTests(GatewayTests.FrontDoor door) : IClassFixture<GatewayTests.FrontDoor>
{
    [Fact]
    public async Task A_path_reaches_the_service_that_owns_it_unchanged()
    {
        await door.Client.GetAsync("api/v1/risk/sites?after=3");

        Assert.Equal("/api/v1/risk/sites?after=3", door.Seen[^1].Path);
    }

    [Fact]
    public async Task Nobody_behind_it_learns_whose_address_asked()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/risk/sites");
        foreach (var header in new[] { "X-Forwarded-For", "X-Real-IP", "Forwarded" }) request.Headers.TryAddWithoutValidation(header, header == "Forwarded" ? "for=203.0.113.9" : "203.0.113.9");

        await door.Client.SendAsync(request);

        Assert.DoesNotContain(door.Seen[^1].Headers, h => h.Contains("203.0.113.9", StringComparison.Ordinal) || h.Contains("127.0.0.1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("api/v1/risk/sites")]
    [InlineData("connect/token")]
    [InlineData("identity/sign-in")]
    public async Task The_worker_host_has_no_door_to_a_service(string path)
    {
        var before = door.Seen.Count;
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = "workers.example" } };

        var answer = await door.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(before, door.Seen.Count);
    }

    [Fact]
    public async Task A_service_that_is_away_is_a_problem_that_says_what_to_do()
    {
        var answer = await door.Client.GetAsync("api/v1/reports");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Try again", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_that_is_away_is_a_page()
    {
        var answer = await door.Client.GetAsync("w/en");

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Contains("not available at the moment", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>The gateway, one service that answers and remembers, and others that are away.</summary>
    public sealed class FrontDoor : IAsyncLifetime
    {
        private WebApplication service = null!;
        private StartedProgram gateway = null!;

        public HttpClient Client { get; private set; } = null!;

        public IReadOnlyList<(string Path, IReadOnlyList<string> Headers)> Seen => [.. seen];

        private readonly ConcurrentQueue<(string, IReadOnlyList<string>)> seen = new();

        public async ValueTask InitializeAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            service = builder.Build();
            service.Run(context =>
            {
                seen.Enqueue(($"{context.Request.Path}{context.Request.QueryString}", [.. context.Request.Headers.Where(h => h.Key != "Host").Select(h => $"{h.Key}: {h.Value}")]));
                return context.Response.WriteAsync("{}");
            });
            await service.StartAsync();

            var (here, nowhere) = (service.Urls.First(), $"http://127.0.0.1:{Running.FreePort()}");
            Client = new HttpClient { BaseAddress = new($"http://localhost:{Running.FreePort()}/") };
            gateway = new("Gateway", Client.BaseAddress, new Dictionary<string, string> { ["Services:risk"] = here, ["Services:reports"] = nowhere, ["Services:web"] = nowhere });
            await gateway.Answers("health/live");
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await gateway.DisposeAsync();
            await service.DisposeAsync();
        }
    }
}
