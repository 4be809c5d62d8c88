using System.Text.Json;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>The one process registers the demonstration's organisations by itself; where services run apart, an operator's program does, over the documented API.</summary>
internal static class Organisations
{
    public static async Task Register(Running running)
    {
        using var administrator = await running.As(Roles.Administrator);
        await using var file = File.OpenRead(Path.Combine(Repository.Root, "services", "AllInOne", "Demonstration", "scenario.json"));
        using var scenario = await JsonDocument.ParseAsync(file);
        foreach (var party in scenario.RootElement.GetProperty("parties").EnumerateArray())
        {
            string Text(string name) => party.GetProperty(name).GetString()!;
            using var answer = await administrator.PutAsJsonAsync($"api/v1/suppliers/parties/{Text("id")}", new { kind = Text("kind"), name = Text("name"), country = Text("country") });
            Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}\n{running.Output}");
        }
    }
}
