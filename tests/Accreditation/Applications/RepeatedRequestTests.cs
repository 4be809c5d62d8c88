using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Recruitment.Accreditation.Tests.Applications;

/// <summary>A lost answer makes nothing twice, and nobody overwrites what he has not read.</summary>
public sealed class RepeatedRequestTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;

    [Fact]
    public async Task The_same_request_with_the_same_key_makes_one_application_and_gets_the_same_answer()
    {
        var recruiter = Guid.CreateVersion7();

        var first = await Begin(recruiter, "one");
        var second = await Begin(recruiter, "one");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Single(await Applications(recruiter));
    }

    [Fact]
    public async Task Sent_at_the_same_moment_it_still_makes_one()
    {
        var recruiter = Guid.CreateVersion7();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Begin(recruiter, "at-once")));

        Assert.Single(await Applications(recruiter));
        // Whoever comes second waits for the first one's commit, and that holds the answer.
        Assert.All(answers, a => Assert.Equal((HttpStatusCode.Created, answers[0].Headers.Location), (a.StatusCode, a.Headers.Location)));
    }

    [Fact]
    public async Task A_key_used_for_another_request_is_refused()
    {
        var recruiter = Guid.CreateVersion7();
        await Begin(recruiter, "mine");

        var other = await Begin(recruiter, "mine", corridor: "KHM-THA");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal("urn:recruitment:idempotency-key-reused", await AccreditationApp.Problem(other));
    }

    [Fact]
    public async Task A_key_of_another_organisation_is_not_mine()
    {
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        var first = await Begin(one, "shared");
        var second = await Begin(other, "shared");

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.NotEqual(first.Headers.Location, second.Headers.Location);
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        var recruiter = Guid.CreateVersion7();
        Assert.Equal(HttpStatusCode.BadRequest, (await Begin(recruiter, "again", corridor: "Burma-X")).StatusCode);

        Assert.Equal(HttpStatusCode.Created, (await Begin(recruiter, "again")).StatusCode);
    }

    [Fact]
    public async Task A_file_sent_twice_with_one_key_is_attached_once()
    {
        var (recruiter, id) = await app.Begun();

        var first = await AccreditationApp.Attach(Keyed(recruiter, "a-file"), id, AccreditationApp.Licence);
        var second = await AccreditationApp.Attach(Keyed(recruiter, "a-file"), id, AccreditationApp.Licence);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        var seen = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        Assert.Single(seen!["evidence"]!.AsArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_file_or_another_description_under_a_used_key_is_refused_and_not_taken_for_the_first(bool chunked)
    {
        var (recruiter, id) = await app.Begun();
        var client = Keyed(recruiter, "one-file");
        client.DefaultRequestHeaders.TransferEncodingChunked = chunked ? true : null; // without Content-Length
        var first = await AccreditationApp.Attach(client, id, AccreditationApp.Pdf("licence of 2025"u8));
        first.EnsureSuccessStatusCode();

        var otherFile = await AccreditationApp.Attach(client, id, AccreditationApp.Pdf("licence of 2026"u8));
        var otherWords = await AccreditationApp.Attach(client, id, AccreditationApp.Pdf("licence of 2025"u8), description: "Operating permits");
        var same = await AccreditationApp.Attach(client, id, AccreditationApp.Pdf("licence of 2025"u8));

        foreach (var other in (HttpResponseMessage[])[otherFile, otherWords])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
            Assert.Equal("urn:recruitment:idempotency-key-reused", await AccreditationApp.Problem(other));
        }
        Assert.Equal(await first.Content.ReadAsStringAsync(), await same.Content.ReadAsStringAsync());
        var seen = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        Assert.Single(seen!["evidence"]!.AsArray());
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_not_overwritten()
    {
        var (recruiter, id) = await app.Begun();
        var read = await Version(recruiter, id);
        (await Scope(recruiter, id, read, "KHM-THA")).EnsureSuccessStatusCode();

        var late = await Scope(recruiter, id, read, "LAO-THA");

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        Assert.Equal("urn:recruitment:changed-meanwhile", await AccreditationApp.Problem(late));
        var seen = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        Assert.Equal("KHM-THA", seen!["corridors"]![0]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await Scope(recruiter, id, await Version(recruiter, id), "LAO-THA")).StatusCode);
    }

    [Fact]
    public async Task An_application_sent_twice_with_one_key_is_sent_once_and_both_are_told_so()
    {
        var (recruiter, id) = await app.Answered();
        (await AccreditationApp.Attach(app.Recruiter(recruiter), id, AccreditationApp.Licence)).EnsureSuccessStatusCode();
        var read = await Version(recruiter, id);

        Assert.Equal(HttpStatusCode.NoContent, (await Submit(recruiter, id, "sent-twice", read)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Submit(recruiter, id, "sent-twice", read)).StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Submit(recruiter, id, "another", read)).StatusCode);
    }

    [Fact]
    public async Task Answers_saved_twice_with_one_key_are_saved_once_and_not_refused_as_changed_meanwhile()
    {
        var (recruiter, id) = await app.Begun();
        var client = Keyed(recruiter, "saved-twice");
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"{await Version(recruiter, id)}\"");
        Task<HttpResponseMessage> Save(string value) => client.PutAsJsonAsync($"{Root}/applications/{id}/answers", new { answers = new[] { new { indicator = "A1-01", value } } });

        Assert.Equal(HttpStatusCode.NoContent, (await Save("partly")).StatusCode);
        var saved = await Version(recruiter, id);
        Assert.Equal(HttpStatusCode.NoContent, (await Save("partly")).StatusCode);
        Assert.Equal(saved, await Version(recruiter, id));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Save("not")).StatusCode);
    }

    private Task<HttpResponseMessage> Submit(Guid recruiter, Guid id, string key, int read)
    {
        var client = Keyed(recruiter, key);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"{read}\"");
        return client.PostAsync($"{Root}/applications/{id}/submit", null);
    }

    [Fact]
    public async Task A_decision_pressed_twice_is_one_decision_and_both_are_told_so()
    {
        var (recruiter, id, _) = await app.Audited();
        var decider = Decider("pressed-twice", await Version(recruiter, id));

        var first = await AccreditationApp.Decision(decider, id);
        var second = await AccreditationApp.Decision(decider, id);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first.StatusCode, second.StatusCode));
        var seen = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        Assert.Single(seen!["history"]!.AsArray(), h => h!["to"]!.GetValue<string>() == "granted");
    }

    [Fact]
    public async Task A_decision_on_findings_that_have_changed_since_is_not_taken()
    {
        var (recruiter, id, audit) = await app.Audited("minor");
        var read = await Version(recruiter, id);
        (await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/{await OpenFinding(id)}/closure", new { proof = "The licence was renewed." })).EnsureSuccessStatusCode();

        var late = await AccreditationApp.Decision(Decider("on-what-was", read), id);

        Assert.Equal(HttpStatusCode.PreconditionFailed, late.StatusCode);
        var seen = await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        Assert.Equal("ready_for_decision", seen!["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.NoContent, (await AccreditationApp.Decision(Decider("on-what-is", await Version(recruiter, id)), id)).StatusCode);
    }

    private HttpClient Decider(string key, int read)
    {
        var client = app.Decider();
        client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"{read}\"");
        return client;
    }

    private async Task<string> OpenFinding(Guid id)
    {
        var seen = await app.Decider().GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}");
        return seen!["findings"]!.AsArray().First(f => f!["status"]!.GetValue<string>() == "open")!["criterion"]!.GetValue<string>();
    }

    private HttpClient Keyed(Guid recruiter, string key)
    {
        var client = app.Recruiter(recruiter);
        client.DefaultRequestHeaders.Add("Idempotency-Key", key);
        return client;
    }

    private Task<HttpResponseMessage> Begin(Guid recruiter, string key, string corridor = "MMR-THA") =>
        Keyed(recruiter, key).PostAsJsonAsync($"{Root}/applications", new { corridors = new[] { corridor }, sectors = new[] { "C10" } });

    private async Task<JsonArray> Applications(Guid recruiter) => (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray();

    private async Task<int> Version(Guid recruiter, Guid id) => (await app.Recruiter(recruiter).GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!["version"]!.GetValue<int>();

    private Task<HttpResponseMessage> Scope(Guid recruiter, Guid id, int read, string corridor)
    {
        var client = app.Recruiter(recruiter);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", $"\"{read}\"");
        return client.PutAsJsonAsync($"{Root}/applications/{id}/scope", new { corridors = new[] { corridor }, sectors = new[] { "C10" } });
    }
}
