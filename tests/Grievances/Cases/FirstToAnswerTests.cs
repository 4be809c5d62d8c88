using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Grievances.Tests.Cases;

/// <summary>A service of its own: what others filed would come first.</summary>
public sealed class FirstToAnswerTests : IAsyncLifetime
{
    private readonly GrievancesApp app = new();

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Whoever_is_in_danger_comes_first_in_a_flood_or_not_and_nobody_who_can_read_no_answer()
    {
        Assert.Null(await First());

        var (flooded, _) = await Filed(safe: true, inFlood: true);
        Assert.Equal(flooded, await First());

        var (ordinary, _) = await Filed(safe: true);
        Assert.Equal(ordinary, await First());

        var (hidden, _) = await Filed(safe: false, inFlood: true);
        Assert.Equal(hidden, await First());

        var (open, receipt) = await Filed(safe: false);
        Assert.Equal(open, await First());

        (await app.Post("/mailbox/lock", new { receipt })).Dispose();
        Assert.Equal(hidden, await First());

        (await app.Mai.Reply(hidden, "we come at once")).Dispose();
        Assert.Equal(ordinary, await First());
    }

    private async Task<Guid?> First()
    {
        var first = (await app.Mai.Client.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("first");
        return first.ValueKind == JsonValueKind.Null ? null : first.GetProperty("id").GetGuid();
    }

    private async Task<(Guid Id, string Receipt)> Filed(bool safe, bool inFlood = false)
    {
        var receipt = await app.Receipt();
        var begun = inFlood ? null : (await app.Worker.GetFromJsonAsync<JsonElement>("/api/v1/grievances/intake")).GetProperty("begun").GetString();
        var id = await GrievancesApp.Only(app.Mai, async () =>
        {
            using var filed = await app.Post("", new { receipt, language = "my", safeNow = safe, topic = "wages", text = "they pay half", formId = Guid.CreateVersion7(), begun });
            filed.EnsureSuccessStatusCode();
        });
        return (id, receipt);
    }
}
