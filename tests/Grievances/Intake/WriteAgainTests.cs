using System.Net;
using System.Text.Json;

namespace Recruitment.Grievances.Tests.Intake;

/// <summary>What a worker writes later arrives, or she is told that it did not.</summary>
public sealed class WriteAgainTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Theory]
    [InlineData("""{"receipt":"R","text":"again"}""")]
    [InlineData("""{"receipt":"R","messageId":null,"text":"again"}""")]
    [InlineData("""{"receipt":"R","messageId":"00000000-0000-0000-0000-000000000000","text":"again"}""")]
    public async Task A_message_without_an_id_of_its_own_is_refused(string body)
    {
        var (id, receipt) = await Filed();
        using var json = JsonDocument.Parse(body.Replace("\"R\"", $"\"{receipt}\"", StringComparison.Ordinal));

        using var refused = await app.Post("/mailbox/messages", json.RootElement);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("messageId", await refused.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await Messages(id));
    }

    [Fact]
    public async Task Two_cases_may_use_the_same_message_id()
    {
        var messageId = Guid.CreateVersion7();
        foreach (var text in new[] { "of the first", "of the second" })
        {
            var (id, receipt) = await Filed();

            Assert.Equal(HttpStatusCode.NoContent, await Write(receipt, messageId, text));

            Assert.Equal(text, (await app.Mai.Read(id, 1)).GetProperty("text").GetString());
        }
    }

    [Fact]
    public async Task Another_text_under_the_id_of_a_message_that_arrived_is_a_conflict_and_the_first_stays()
    {
        var (id, receipt) = await Filed();
        var messageId = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.NoContent, await Write(receipt, messageId, "they come tonight"));

        using (var changed = await app.Post("/mailbox/messages", new { receipt, messageId, text = "they come tomorrow" }))
        {
            Assert.Equal(HttpStatusCode.Conflict, changed.StatusCode);
            Assert.Contains("message-id-used", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.NoContent, await Write(receipt, messageId, "they come tonight"));
        Assert.Equal(2, await Messages(id));
        Assert.Equal("they come tonight", (await app.Mai.Read(id, 1)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_same_message_is_known_again_after_the_case_got_a_new_key()
    {
        var (id, receipt) = await Filed();
        var messageId = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.NoContent, await Write(receipt, messageId, "they come tonight"));
        using (var handedOver = await app.Somchai.Client.PostAsync(new Uri($"/api/v1/grievances/{id}/handover", UriKind.Relative), null)) handedOver.EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NoContent, await Write(receipt, messageId, "they come tonight"));
        Assert.Equal(HttpStatusCode.Conflict, await Write(receipt, messageId, "they come tomorrow"));
        Assert.Equal(2, await Messages(id));
    }

    private async Task<(Guid Id, string Receipt)> Filed()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        return (id, receipt);
    }

    private async Task<HttpStatusCode> Write(string receipt, Guid messageId, string text)
    {
        using var answer = await app.Post("/mailbox/messages", new { receipt, messageId, text });
        return answer.StatusCode;
    }

    private async Task<int> Messages(Guid id) => (await app.Mai.Sealed(id)).GetProperty("messages").GetArrayLength();
}
