using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Grievances.Tests.Cases;

/// <summary>What a reader has not read she can neither answer nor close.</summary>
public sealed class UnreadMessageTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_reply_written_before_the_workers_newest_message_does_not_answer_it_and_the_case_stays_in_danger(bool parked)
    {
        var (id, receipt) = await FiledInDanger(parked);
        var seen = await app.Mai.Sealed(id);
        var inDanger = await InDanger();
        await Write(receipt, "they have locked me in");

        using (var early = await app.Mai.Reply(id, "to what you wrote before", seen)) await HasNewMessage(early);

        Assert.Equal("received", (await app.Mai.Sealed(id)).GetProperty("status").GetString());
        Assert.Equal(inDanger, await InDanger());
        using (var read = await app.Mai.Reply(id, "we come at once")) Assert.Equal(HttpStatusCode.NoContent, read.StatusCode);
        Assert.Equal("answered", (await app.Mai.Sealed(id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_a_colleague_answered_meanwhile_is_read_first_too()
    {
        var (id, _) = await FiledInDanger();
        var seen = await app.Mai.Sealed(id);
        (await app.Somchai.Reply(id, "come to the office")).Dispose();

        using (var early = await app.Mai.Reply(id, "stay where you are", seen)) await HasNewMessage(early);

        Assert.Equal(2, (await app.Mai.Sealed(id)).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_case_is_closed_by_who_has_read_all_of_it_and_by_nobody_else()
    {
        var (id, receipt) = await FiledInDanger();
        (await app.Mai.Reply(id, "we come at once")).Dispose();
        await Write(receipt, "they have locked me in");
        (await app.Somchai.Reply(id, "the police know")).Dispose();

        using (var early = await Close(id, new { messagesRead = 2 })) await HasNewMessage(early);

        Assert.Equal("answered", (await app.Mai.Sealed(id)).GetProperty("status").GetString());
        using (var closed = await Close(id, new { messagesRead = 4 })) Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        Assert.Equal("closed", (await app.Mai.Sealed(id)).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"messagesRead":null}""")]
    [InlineData("""{"messagesRead":0}""")]
    public async Task Whoever_does_not_say_how_much_was_read_neither_answers_nor_closes(string said)
    {
        var (id, _) = await FiledInDanger();
        var g = await app.Mai.Sealed(id);
        var reply = JsonSerializer.Deserialize<Dictionary<string, object>>(said)!;
        foreach (var copy in new[] { "sealedForWorker", "sealedForCase" }) reply[copy] = new byte[1072];
        reply["generation"] = g.GetProperty("publicKeyGeneration").GetInt32();

        using (var refused = await app.Mai.Client.PostAsJsonAsync($"/api/v1/grievances/{id}/replies", reply)) await SaysWhatIsMissing(refused);
        (await app.Mai.Reply(id, "we come at once")).Dispose();
        using (var refused = await Close(id, JsonSerializer.Deserialize<JsonElement>(said))) await SaysWhatIsMissing(refused);

        Assert.Equal("answered", (await app.Mai.Sealed(id)).GetProperty("status").GetString());
        Assert.Equal(2, (await app.Mai.Sealed(id)).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task Whoever_says_to_have_read_more_than_there_is_has_not_read_what_comes()
    {
        var (id, _) = await FiledInDanger();
        (await app.Mai.Reply(id, "we come at once")).Dispose();

        using var refused = await Close(id, new { messagesRead = int.MaxValue });

        await HasNewMessage(refused);
    }

    private static async Task HasNewMessage(HttpResponseMessage refused)
    {
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains("case-has-new-message", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task SaysWhatIsMissing(HttpResponseMessage refused)
    {
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("messagesRead", await refused.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    private Task<HttpResponseMessage> Close(Guid id, object body) => app.Mai.Client.PostAsJsonAsync($"/api/v1/grievances/{id}/closing", body);

    private async Task Write(string receipt, string text)
    {
        using var written = await app.Post("/mailbox/messages", new { receipt, messageId = Guid.CreateVersion7(), text });
        Assert.Equal(HttpStatusCode.NoContent, written.StatusCode);
    }

    private async Task<int> InDanger() => (await app.Mai.Client.GetFromJsonAsync<JsonElement>("/api/v1/grievances")).GetProperty("inDanger").GetInt32();

    private async Task<(Guid Id, string Receipt)> FiledInDanger(bool parked = false)
    {
        var receipt = await app.Receipt();
        var begun = parked ? null : (await app.Worker.GetFromJsonAsync<JsonElement>("/api/v1/grievances/intake")).GetProperty("begun").GetString();
        var id = await GrievancesApp.Only(app.Mai, async () =>
        {
            using var filed = await app.Post("", new { receipt, language = "my", safeNow = false, text = "they hold my passport", formId = Guid.CreateVersion7(), begun });
            filed.EnsureSuccessStatusCode();
        });
        return (id, receipt);
    }
}
