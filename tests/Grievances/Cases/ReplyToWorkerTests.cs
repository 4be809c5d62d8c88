using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Grievances.Tests.Cases;

public sealed class ReplyToWorkerTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task A_reply_sealed_before_the_case_got_a_new_key_is_refused_and_every_reader_still_reads_everything()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        var seenBefore = await app.Mai.Sealed(id);
        (await app.Somchai.Client.PostAsync(new Uri($"/api/v1/grievances/{id}/handover", UriKind.Relative), null)).Dispose();

        using var refused = await app.Mai.Reply(id, "sealed to the key that Somchai still holds", seenBefore);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains("case-has-new-key", await refused.Content.ReadAsStringAsync());
        Assert.Equal(1, (await app.Mai.Sealed(id)).GetProperty("messages").GetArrayLength());
        using (var again = await app.Mai.Reply(id, "sealed anew")) Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal("sealed anew", (await app.Mai.Read(id, 1)).GetProperty("text").GetString());
        using var mailbox = await app.Post("/mailbox", new { receipt });
        Assert.Contains("sealed anew", await mailbox.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_answer_sent_again_after_a_lost_reply_is_one_answer_and_its_id_is_taken_nowhere_else()
    {
        var (receipt, other) = ("", "");
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        var another = await GrievancesApp.Only(app.Mai, async () => other = await app.File());
        var (seen, reply) = (await app.Mai.Sealed(id), Guid.NewGuid());

        using (var sent = await app.Mai.Reply(id, "come on Sunday", seen, reply)) Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        using (var again = await app.Mai.Reply(id, "come on Sunday", seen, reply)) Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        using (var elsewhere = await app.Mai.Reply(another, "come on Sunday", null, reply)) Assert.Contains("reply-id-used", await elsewhere.Content.ReadAsStringAsync());

        Assert.Equal(2, (await app.Mai.Sealed(id)).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_case_whose_mailbox_the_worker_has_closed_is_not_answered_into_nothing_and_can_be_closed()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        (await app.Post("/mailbox/lock", new { receipt })).Dispose();

        using var refused = await app.Mai.Reply(id, "come on Sunday");
        using var closed = await app.Mai.Client.PostAsJsonAsync($"/api/v1/grievances/{id}/closing", new { messagesRead = 1 });

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("mailbox-locked", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
    }

    [Fact]
    public async Task A_reply_that_does_not_say_which_key_it_is_sealed_to_is_refused()
    {
        var id = await GrievancesApp.Only(app.Mai, () => app.File());

        using var refused = await app.Mai.Client.PostAsJsonAsync($"/api/v1/grievances/{id}/replies", new { sealedForWorker = new byte[1072], sealedForCase = new byte[1072] });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(1, (await app.Mai.Sealed(id)).GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_reader_who_was_given_only_the_older_key_is_told_to_be_without_one_and_can_answer_all_the_same()
    {
        var later = await app.Register($"later-{Guid.CreateVersion7()}", intake: false);
        var party = Guid.CreateVersion7();
        var id = await GrievancesApp.Only(app.Mai, () => app.File());
        (await app.Mai.Name(id, party)).Dispose();
        using (var shared = await Share(id, later, 0)) Assert.Equal(HttpStatusCode.NoContent, shared.StatusCode);
        (await app.Somchai.Client.PostAsync(new Uri($"/api/v1/grievances/{id}/handover", UriKind.Relative), null)).Dispose();
        await using (var db = app.Db())
        {
            db.RemoveRange(db.CaseKeys.Where(k => k.GrievanceId == id && k.ReaderId == later.Id && k.Generation == 1));
            await db.SaveChangesAsync();
        }

        using (var sent = await later.Reply(id, "I hold the older key alone")) Assert.Equal(HttpStatusCode.NoContent, sent.StatusCode);
        using (var named = await app.Mai.Name(id, party)) Assert.False(HasKey(await named.Content.ReadFromJsonAsync<JsonElement>(), later));
        using (var newer = await Share(id, later, 1)) Assert.Equal(HttpStatusCode.NoContent, newer.StatusCode);

        Assert.Equal("I hold the older key alone", (await later.Read(id, 1)).GetProperty("text").GetString());
        using (var named = await app.Mai.Name(id, party)) Assert.True(HasKey(await named.Content.ReadFromJsonAsync<JsonElement>(), later));
        using var tooNew = await Share(id, later, 2, of: 1);
        Assert.Equal(HttpStatusCode.Conflict, tooNew.StatusCode);
    }

    [Fact]
    public async Task When_the_worker_and_two_readers_write_at_the_same_moment_her_text_is_kept_and_a_reader_is_told_when_hers_was_not()
    {
        var receipt = "";
        var id = await GrievancesApp.Only(app.Mai, async () => receipt = await app.File());
        var kept = new List<string>();
        for (var round = 0; round < 8; round++)
        {
            var texts = new[] { $"worker {round}", $"mai {round}", $"somchai {round}" };
            var answers = await Task.WhenAll(
                app.Post("/mailbox/messages", new { receipt, messageId = Guid.NewGuid(), text = texts[0] }), app.Mai.Reply(id, texts[1]), app.Somchai.Reply(id, texts[2]));
            Assert.Equal(HttpStatusCode.NoContent, answers[0].StatusCode);
            Assert.All(answers, a => Assert.Contains(a.StatusCode, new[] { HttpStatusCode.NoContent, HttpStatusCode.PreconditionFailed, HttpStatusCode.Conflict }));
            kept.AddRange(texts.Where((_, i) => answers[i].StatusCode == HttpStatusCode.NoContent));
            foreach (var answer in answers) answer.Dispose();
        }

        var messages = (await app.Mai.Sealed(id)).GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(0, kept.Count + 1), messages.Select(m => m.GetProperty("position").GetInt32()));
        var read = new List<string>();
        for (var position = 1; position < messages.Count; position++) read.Add((await app.Mai.Read(id, position)).GetProperty("text").GetString()!);
        Assert.Equal(kept.Order(), read.Order());
    }

    private static bool HasKey(JsonElement allowed, TestReader reader) =>
        allowed.EnumerateArray().Single(a => a.GetProperty("readerId").GetGuid() == reader.Id).GetProperty("hasKey").GetBoolean();

    private async Task<HttpResponseMessage> Share(Guid id, TestReader other, int generation, int? of = null)
    {
        var key = app.Mai.CaseKey(id, await app.Mai.Sealed(id), of ?? generation);
        return await app.Mai.Client.PutAsJsonAsync($"/api/v1/grievances/{id}/keys/{other.Id}",
            new { @sealed = Hpke.Seal(other.Keys.PublicKey, "recruitment grievances case key v1"u8.ToArray(), Encoding.ASCII.GetBytes(id.ToString()), key), generation });
    }
}
