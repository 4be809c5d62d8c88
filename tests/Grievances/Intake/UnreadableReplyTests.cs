using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Intake;

/// <summary>A reply sealed wrongly, by a machine client or a broken browser, costs the worker that reply and not her mailbox.</summary>
public sealed class UnreadableReplyTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    public static TheoryData<string> Wrongs => ["sealed to nobody", "no json", "null", "{}", "7"];

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task It_is_passed_over_for_the_last_that_can_be_read_and_the_mailbox_opens(string wrong)
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        await ReplyWrongly(id, wrong);
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), await Shown(receipt, reply => (reply.Text.ValueKind, reply.On.ValueKind)));

        (await app.Mai.Reply(id, "come to the office")).Dispose();
        await ReplyWrongly(id, wrong);

        Assert.Equal("come to the office", await Shown(receipt, reply => reply.Text.GetString()));
    }

    private async Task<T> Shown<T>(string receipt, Func<(JsonElement Text, JsonElement On), T> shown)
    {
        using var box = await app.Post("/mailbox", new { receipt });
        Assert.Equal(HttpStatusCode.OK, box.StatusCode);
        var body = await box.Content.ReadFromJsonAsync<JsonElement>();
        return shown((body.GetProperty("lastReply"), body.GetProperty("repliedOn")));
    }

    private async Task ReplyWrongly(Guid id, string content)
    {
        var g = await app.Mai.Sealed(id);
        var message = content == "sealed to nobody"
            ? new byte[48 + 1024]
            : Hpke.Seal(g.GetProperty("workerPublicKey").GetBytesFromBase64(), "recruitment grievances reply v1"u8.ToArray(), Encoding.ASCII.GetBytes(id.ToString()), Encoding.UTF8.GetBytes(content.PadRight(1024)));
        using var kept = await app.Mai.Client.PostAsJsonAsync($"/api/v1/grievances/{id}/replies", new { sealedForWorker = message, sealedForCase = message, generation = g.GetProperty("publicKeyGeneration").GetInt32(), messagesRead = g.GetProperty("messages").GetArrayLength() });
        Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
    }
}
