using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Register.Tests.Listings;

/// <summary>What earlier code wrote is heard and shown by this code.</summary>
public sealed class EarlierMessagesTests(RegisterApp app) : IClassFixture<RegisterApp>
{
    [Fact]
    public async Task Earlier_messages_are_heard_and_what_they_say_is_shown()
    {
        var heard = await RecordedMessages.Replay<Program, RegisterDb>(app.Host);

        Assert.Equal(2, heard.Count);
        var shown = await app.Anybody.GetFromJsonAsync<JsonElement>($"{RegisterApp.Root}/0a1b2c3d-0000-4000-8000-000000000008", TestContext.Current.CancellationToken);
        var status = shown.GetProperty("assessments")[0];
        Assert.Equal(("Paper Crane Jobs", "MMR"), (shown.GetProperty("name").GetString(), shown.GetProperty("country").GetString()));
        Assert.Equal(("suspended", "2026-11-01", "2029-01-31", "MMR-THA"),
            (status.GetProperty("status").GetString(), status.GetProperty("since").GetString(), status.GetProperty("validTo").GetString(), status.GetProperty("corridors")[0].GetString()));
        Assert.Equal(2, status.GetProperty("history").GetArrayLength());
    }
}
