using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Recruitment.Accreditation.Tests.Audits;

/// <summary>An audit sent back reaches the auditor with the reason and with all that she wrote, and is as open as it was before it was closed.</summary>
public sealed class SentBackTests(AccreditationApp app) : IClassFixture<AccreditationApp>
{
    private const string Root = AccreditationApp.Root;
    private const string Told = "Criterion 3 needs a second source.";

    private string Today => app.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task The_auditor_reads_why_in_her_task_and_her_closing_texts_in_the_application()
    {
        var (_, id, _) = await SentBack();

        var task = await Task(app.Auditor(), id);
        Assert.Equal(("audit", Told), (task["myTask"]!.GetValue<string>(), task["sentBack"]!.GetValue<string>()));
        var sent = (await Of(app.Auditor(), id))["sentBack"]!;
        Assert.Equal((Told, Today, 12, "Two days on site."),
            (sent["reason"]!.GetValue<string>(), sent["auditedOn"]!.GetValue<string>(), sent["interviewsHeld"]!.GetValue<int>(), sent["summary"]!.GetValue<string>()));
    }

    [Fact]
    public async Task It_is_not_closed_for_anybody()
    {
        var (recruiter, id, audit) = await SentBack();

        foreach (var reader in (HttpClient[])[app.Auditor(), app.Recruiter(recruiter), app.SchemeManager()])
        {
            var read = await Of(reader, id);
            Assert.Null(read["auditedOn"]);
            Assert.Null(read["auditSummary"]);
            Assert.Null((await Task(reader, id))["auditedOn"]);
        }
        Assert.Empty((await Of(app.Recruiter(recruiter), id))["findings"]!.AsArray());
        Assert.Equal("urn:recruitment:audit-not-closed", await AccreditationApp.Problem(await app.Auditor().GetAsync($"{Root}/audits/{audit}/facts")));
        Assert.Equal(HttpStatusCode.NoContent, (await app.Find(audit, "1", "minor")).StatusCode);
    }

    [Fact]
    public async Task Neither_the_recruiter_nor_the_scheme_manager_reads_why()
    {
        var (recruiter, id, _) = await SentBack();

        foreach (var reader in (HttpClient[])[app.Recruiter(recruiter), app.SchemeManager()])
        {
            Assert.Null((await Of(reader, id))["sentBack"]);
            Assert.DoesNotContain(Told, await reader.GetStringAsync($"{Root}/applications"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Closed_again_it_is_decided_and_no_longer_sent_back()
    {
        var (_, id, audit) = await SentBack();
        (await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/close", new { auditedOn = Today, summary = "A third day on site." })).EnsureSuccessStatusCode();

        var read = await Of(app.Decider(), id);

        Assert.Equal((Today, "A third day on site."), (read["auditedOn"]!.GetValue<string>(), read["auditSummary"]!.GetValue<string>()));
        Assert.Null((await Of(app.Auditor(), id))["sentBack"]);
        Assert.Null((await Task(app.Auditor(), id))["sentBack"]);
        Assert.Equal(HttpStatusCode.NoContent, (await AccreditationApp.Decision(app.Decider(), id)).StatusCode);
    }

    [Fact]
    public async Task What_is_found_anew_is_open_again_whatever_proof_there_was_before()
    {
        var (_, id, audit) = await app.Audited("minor");
        (await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/findings/1/closure", new { proof = "Seen on site." })).EnsureSuccessStatusCode();
        (await Return(id)).EnsureSuccessStatusCode();
        (await app.Find(audit, "1", "minor")).EnsureSuccessStatusCode();
        Assert.Equal("closed", await Status());

        (await app.Find(audit, "1", "critical")).EnsureSuccessStatusCode();

        Assert.Equal("open", await Status());

        async Task<string> Status() => (await Of(app.Auditor(), id))["findings"]!.AsArray().Single(f => f!["criterion"]!.GetValue<string>() == "1")!["status"]!.GetValue<string>();
    }

    [Fact]
    public async Task A_place_in_the_summary_that_was_kept_for_a_reason_stays_kept()
    {
        const string Summary = "The hotline 0812345678 was called.";
        var (_, id, audit) = await app.Assigned();
        foreach (var criterion in AccreditationApp.Scheme.Criteria) (await app.Find(audit, criterion.Code, "conform")).EnsureSuccessStatusCode();
        var scanned = await app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/text-scans", new { where = "summary", text = Summary });
        var hits = (await scanned.Content.ReadFromJsonAsync<JsonObject>())!["hits"]!.AsArray().Select(h => new { hit = h!["id"]!.GetValue<string>(), reason = "A public number." }).ToList();
        Assert.NotEmpty(hits);
        (await Close(hits)).EnsureSuccessStatusCode();
        (await Return(id)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NoContent, (await Close(null)).StatusCode);

        Task<HttpResponseMessage> Close(object? kept) => app.Auditor().PostAsJsonAsync($"{Root}/audits/{audit}/close", new { auditedOn = Today, summary = Summary, kept });
    }

    [Fact]
    public async Task An_auditor_newly_named_is_told_of_nothing_sent_back()
    {
        var (_, id, _) = await app.Assigned();

        Assert.Null((await Task(app.Auditor(), id))["sentBack"]);
        Assert.Null((await Of(app.Auditor(), id))["sentBack"]);
    }

    private async Task<(Guid Recruiter, Guid Id, Guid Audit)> SentBack()
    {
        var audited = await app.Audited();
        (await Return(audited.Id)).EnsureSuccessStatusCode();
        return audited;
    }

    private Task<HttpResponseMessage> Return(Guid id) => app.Decider().PostAsJsonAsync($"{Root}/applications/{id}/decision", new { outcome = "returned", rationale = Told });

    private static async Task<JsonObject> Of(HttpClient reader, Guid id) => (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications/{id}"))!;

    private static async Task<JsonNode> Task(HttpClient reader, Guid id) =>
        (await reader.GetFromJsonAsync<JsonObject>($"{Root}/applications"))!["items"]!.AsArray().Single(i => i!["id"]!.GetValue<Guid>() == id)!;
}
