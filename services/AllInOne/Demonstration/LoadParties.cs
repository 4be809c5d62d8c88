using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.AllInOne.Demonstration;

/// <summary>In a demonstration: registers its organisations over the documented API, as an administrator's machine would; again at each start, which changes nothing.</summary>
internal sealed class LoadParties(
    IHostApplicationLifetime lifetime, IHttpClientFactory clients, IConfiguration configuration, IOptions<PlatformOptions> options, Secrets secrets) : BackgroundService
{
    private sealed record Party(Guid Id, string Kind, string Name, string Country);

    private sealed record Scenario(IReadOnlyList<Party> Parties);

    private sealed record TokenAnswer(string Access_token);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsDemonstration) return;

        var started = new TaskCompletionSource();
        await using var whenStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        try
        {
            await Register(stoppingToken);
        }
        catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
        {
            // The host goes on: whatever does not need these organisations works, and the next start tries again.
            await Console.Error.WriteLineAsync($"The demonstration's organisations were not loaded ({problem.Message}). Start again to retry.");
        }
        Console.WriteLine("demonstration ready");
    }

    private async Task Register(CancellationToken stoppingToken)
    {
        using var http = clients.CreateClient(nameof(LoadParties));
        http.BaseAddress = ServiceClients.AddressOf(configuration, "suppliers");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(http, stoppingToken));
        await using var file = typeof(LoadParties).Assembly.GetManifestResourceStream("Recruitment.AllInOne.Demonstration.parties.json")!;
        var scenario = await JsonSerializer.DeserializeAsync<Scenario>(file, JsonSerializerOptions.Web, stoppingToken);
        foreach (var party in scenario!.Parties)
        {
            using var answer = await http.PutAsJsonAsync($"api/v1/suppliers/parties/{party.Id}", new { party.Kind, party.Name, party.Country }, stoppingToken);
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task<string> Token(HttpClient http, CancellationToken stop)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = $"demo-{Roles.Administrator}", ["client_secret"] = secrets.Get("demo-client"), ["scope"] = "api",
        });
        using var answer = await http.PostAsync(new Uri("connect/token", UriKind.Relative), form, stop);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<TokenAnswer>(JsonSerializerOptions.Web, stop))!.Access_token;
    }
}
