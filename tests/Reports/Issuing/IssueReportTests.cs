using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Tests.Issuing;

public sealed class IssueReportTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    [Fact]
    public async Task An_issued_report_is_announced_once_with_the_hash_of_its_file()
    {
        var (report, pdf) = await app.Issued();

        var announced = Assert.Single(await app.Events(), e => e.ReportId == report.Id);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(pdf)), announced.Sha256);
        Assert.Equal(app.Recruiter, announced.SubjectPartyId);
        Assert.Equal("issued", announced.Status);
    }

    [Fact]
    public async Task Of_two_auditors_issuing_at_once_one_succeeds()
    {
        var audit = app.Audit();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Issue(audit)));

        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        var listed = await app.AsAuditor().GetFromJsonAsync<ListReports.Response>($"api/v1/reports?audit={audit}");
        Assert.Single(listed!.Items);
    }

    [Fact]
    public async Task English_is_listed_among_the_languages_of_a_report_asked_for_in_another()
    {
        var audit = app.Audit();
        (await app.AsAuditor().PostAsJsonAsync("api/v1/reports", new { auditId = audit, languages = new[] { "th" } })).EnsureSuccessStatusCode();

        var listed = (await app.AsAuditor().GetFromJsonAsync<ListReports.Response>($"api/v1/reports?audit={audit}"))!.Items;

        Assert.Equal(["en", "th"], Assert.Single(listed).Languages);
    }

    [Fact]
    public async Task The_same_request_sent_twice_gives_the_same_report()
    {
        var audit = app.Audit();
        var client = app.AsAuditor();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "a-key");

        var first = await client.PostAsJsonAsync("api/v1/reports", new { auditId = audit, languages = new[] { "en" } });
        var second = await client.PostAsJsonAsync("api/v1/reports", new { auditId = audit, languages = new[] { "en" } });

        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());

        var other = await client.PostAsJsonAsync("api/v1/reports", new { auditId = app.Audit(), languages = new[] { "en" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
    }

    [Fact]
    public async Task The_summary_is_searched_like_a_finding_and_a_claim_in_it_is_removed_never_kept()
    {
        var audit = app.Audit(summary: "Daw Aye Mon was heard. The agency is free of forced labour.");
        var draft = await app.AsAuditor().PostAsJsonAsync("api/v1/reports/drafts", new { auditId = audit, languages = new[] { "en" } });
        var hits = (await draft.Content.ReadFromJsonAsync<PreviewReport.Response>())!.Hits;
        Assert.Equal([("claim", "summary"), ("name", "summary")], hits.Select(h => (h.Kind, h.Where)).Order());

        var kept = await app.Issue(audit, hits.Select(h => new { hit = h.Id, action = "keep", reason = "She asked for it." }));
        var removed = await app.Issued(audit, hits.Select(h => new { hit = h.Id, action = "remove" }));

        Assert.Equal(HttpStatusCode.Conflict, kept.StatusCode);
        Assert.Contains("1 place in the text", await kept.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var text = await ReportsApp.Tool("pdftotext", removed.Pdf, "FILE", "-");
        Assert.Contains("The agency is [removed].", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Aye Mon", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_names_a_person_is_not_issued_until_the_auditor_answers()
    {
        var audit = app.Audit("Daw Aye Mon paid on 14 March 2026, tel. 081-234-5678.");
        var draft = await app.AsAuditor().PostAsJsonAsync("api/v1/reports/drafts", new { auditId = audit, languages = new[] { "en" } });
        var hits = (await draft.Content.ReadFromJsonAsync<PreviewReport.Response>())!.Hits;

        var refused = await app.Issue(audit);
        var issued = await app.Issue(audit, hits.Select(h => new { hit = h.Id, action = "remove" }));

        Assert.Equal(["exact_date", "name", "phone"], hits.Select(h => h.Kind).Order(StringComparer.Ordinal));
        Assert.Equal("urn:recruitment:scan-hits-open", (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.Created, issued.StatusCode);
        var text = await ReportsApp.Tool("pdftotext", await Pdf(issued), "FILE", "-");
        Assert.DoesNotContain("Aye Mon", text, StringComparison.Ordinal);
        Assert.DoesNotContain("081", text, StringComparison.Ordinal);
        Assert.Contains("[removed]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_body_s_audit_is_not_there()
    {
        var answer = await app.Issue(app.Audit(), body: Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task An_open_audit_gets_no_report()
    {
        var audit = app.Audit();
        app.Accreditation.StillOpen.Add(audit);

        var answer = await app.Issue(audit);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("urn:recruitment:audit-not-closed", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task What_may_still_be_sent_back_gets_a_draft_and_no_report()
    {
        var audit = app.Audit(decided: false);

        using var refused = await app.Issue(audit);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("urn:recruitment:not-decided", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var draft = await app.AsAuditor().PostAsJsonAsync("api/v1/reports/drafts", new { auditId = audit, languages = new[] { "en" } });
        Assert.Equal(HttpStatusCode.OK, draft.StatusCode);
    }

    [Fact]
    public async Task A_language_without_texts_is_refused_with_the_list()
    {
        var answer = await app.AsAuditor().PostAsJsonAsync("api/v1/reports", new { auditId = app.Audit(), languages = new[] { "xx" } });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("th", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_languages_is_refused()
    {
        var answer = await app.AsAuditor().PostAsJsonAsync("api/v1/reports", new { auditId = app.Audit(), languages = Array.Empty<string>() });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_question_to_Accreditation_carries_the_auditor_s_own_token()
    {
        var client = app.AsAuditor();

        await client.PostAsJsonAsync("api/v1/reports/drafts", new { auditId = app.Audit(), languages = new[] { "en" } });

        Assert.NotNull(app.Accreditation.LastToken);
    }

    [Fact]
    public async Task A_superseding_report_takes_the_place_of_the_standing_one()
    {
        var audit = app.Audit();
        var (old, _) = await app.Issued(audit);

        var answer = await app.Issue(audit, supersedes: old.Number);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var listed = (await app.AsAuditor().GetFromJsonAsync<ListReports.Response>($"api/v1/reports?audit={audit}"))!.Items;
        Assert.Equal(["issued", "superseded"], listed.Select(i => i.Status).Order(StringComparer.Ordinal));
        Assert.Contains(await app.Events(), e => e.ReportId == old.Id && e.Status == "superseded" && e.Sequence == 2);
    }

    [Theory]
    [InlineData("lower case")]
    [InlineData("without hyphens")]
    [InlineData("in groups")]
    public async Task The_number_of_the_standing_report_is_taken_however_it_is_typed(string typing)
    {
        var audit = app.Audit();
        var (old, _) = await app.Issued(audit);
        var typed = typing switch
        {
            "lower case" => $" {old.Number.ToLowerInvariant()} ",
            "without hyphens" => old.Number.Replace("-", "", StringComparison.Ordinal),
            _ => old.Number.Replace('-', ' '),
        };

        var answer = await app.Issue(audit, supersedes: typed);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var listed = (await app.AsAuditor().GetFromJsonAsync<ListReports.Response>($"api/v1/reports?audit={audit}"))!.Items;
        Assert.Equal("superseded", listed.Single(i => i.Id == old.Id).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("R-2026-ABC-DEF-GHJ")]
    [InlineData("the last one")]
    public async Task Whoever_does_not_name_the_standing_report_is_told_its_number(string? supersedes)
    {
        var audit = app.Audit();
        var (old, _) = await app.Issued(audit);

        var refused = await app.Issue(audit, supersedes: supersedes);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        var told = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:recruitment:already-issued", told.GetProperty("type").GetString());
        Assert.Contains($"already stands: {old.Number}.", told.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_body_is_not_told_that_a_report_stands_nor_its_number()
    {
        var audit = app.Audit();
        var (old, _) = await app.Issued(audit);

        var answer = await app.Issue(audit, body: Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain(old.Number, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<byte[]> Pdf(HttpResponseMessage issued) =>
        await app.AsAuditor().GetByteArrayAsync($"api/v1/reports/{(await issued.Content.ReadFromJsonAsync<IssueReport.Response>())!.Id}/pdf");

    [Theory]
    [InlineData("en", "2 (put right: 1)")]
    [InlineData("th", "2 (แก้ไขแล้ว: 1)")]
    public async Task A_summary_that_counts_a_finding_says_that_it_was_put_right(string language, string counted)
    {
        var audit = app.Audit();
        app.Accreditation.Audits[audit] = app.Accreditation.Audits[audit] with
        {
            Findings =
            [
                new() { Criterion = "A3-01", Topic = "fees_and_debt", Grade = "major", Statement = "Fees were taken.", Status = "closed" },
                new() { Criterion = "A3-02", Topic = "fees_and_debt", Grade = "major", Statement = "Receipts were missing.", Status = "open" },
                new() { Criterion = "B1-02", Topic = "documents", Grade = "conform", Status = "closed" },
            ],
        };

        var draft = await app.AsAuditor().PostAsJsonAsync("api/v1/reports/drafts", new { auditId = audit, languages = new[] { language } });

        var html = (await draft.Content.ReadFromJsonAsync<PreviewReport.Response>())!.Html;
        Assert.Contains($"<td class=\"n\">{counted}</td>", html, StringComparison.Ordinal);
        Assert.Contains("<td class=\"n\">1</td>", html, StringComparison.Ordinal); // what conforms was never wrong
    }
}
