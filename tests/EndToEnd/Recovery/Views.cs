using System.Text.Json.Nodes;
using Recruitment.AllInOne.Demonstration;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Recovery;

/// <summary>What read models show: the brand's estimates, site by site, and the public register.</summary>
internal static class Views
{
    /// <summary>As text that can be compared. How an estimate came about is a service's own record, and no state of another's: it is left out.</summary>
    public static async Task<string> Of(Entrance entrance, CancellationToken stop)
    {
        using var brand = await entrance.Machine($"demo-{Roles.BrandAnalyst}", stop);
        using var stranger = entrance.Stranger();
        var all = new JsonArray();
        for (string? page = "api/v1/risk/sites"; page is not null;)
        {
            var sites = await Read(brand, page, stop);
            all.Add(sites);
            foreach (var site in sites["items"]!.AsArray())
            {
                var one = (JsonObject)await Read(brand, $"api/v1/risk/sites/{site!["siteId"]!.GetValue<Guid>()}", stop);
                one.Remove("changes");
                all.Add(one);
            }
            page = sites["next"] is { } next ? $"api/v1/risk/sites?cursor={Uri.EscapeDataString(next.GetValue<string>())}" : null;
        }
        var listed = await Read(stranger, "api/v1/register/recruiters", stop);
        all.Add(listed);
        foreach (var recruiter in listed["items"]!.AsArray()) all.Add(await Read(stranger, $"api/v1/register/recruiters/{recruiter!["id"]!.GetValue<Guid>()}", stop));
        return all.ToJsonString();
    }

    /// <summary>Fails with the difference when they do not become these within half a minute.</summary>
    public static async Task Become(string expected, Entrance entrance, CancellationToken stop)
    {
        var now = await Of(entrance, stop);
        for (var tries = 0; tries < 60 && now != expected; tries++)
        {
            await Task.Delay(500, stop);
            now = await Of(entrance, stop);
        }
        Assert.Equal(expected, now);
    }

    /// <summary>Every publisher publishes its states again; returns when all are handed over.</summary>
    public static async Task Republish(Entrance entrance, CancellationToken stop)
    {
        using var administrator = await entrance.Machine($"demo-{Roles.Administrator}", stop);
        foreach (var publisher in new[] { "suppliers", "accreditation", "grievances", "reports" })
        {
            using var asked = await administrator.PostAsync(new Uri($"api/v1/{publisher}/republish", UriKind.Relative), null, stop);
            asked.EnsureSuccessStatusCode();
            await Wait.Until(async () => (await administrator.Get($"api/v1/{publisher}/republish", stop)).GetProperty("doneAt").ValueKind == System.Text.Json.JsonValueKind.String, $"{publisher} did not publish its states again");
        }
    }

    private static async Task<JsonNode> Read(HttpClient client, string path, CancellationToken stop) => JsonNode.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), stop))!;
}
