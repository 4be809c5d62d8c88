using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Recruitment.Reports.Tests.Issuing;

/// <summary>The recruiter reads why a report was taken back or replaced; it must point to nobody.</summary>
public sealed class StatusReasonTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    private const string Telling = "A figure in it is wrong, told by Ma Thida Aye.";

    [Fact]
    public async Task A_reason_for_revoking_that_may_point_to_a_person_is_refused_without_its_words_and_nothing_is_revoked()
    {
        var (report, _) = await app.Issued();

        var refused = await Revoke(report.Id, Telling);
        var status = await Status(report.Number);
        var taken = await Revoke(report.Id, "A figure in it is wrong.");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Content.ReadAsStringAsync();
        Assert.Contains("looks like a name", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("Thida", problem, StringComparison.Ordinal);
        Assert.Equal("issued", status);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Equal("revoked", await Status(report.Number));
    }

    [Fact]
    public async Task A_reason_for_replacing_that_may_point_to_a_person_is_refused_and_the_earlier_report_stands()
    {
        var audit = app.Audit();
        var (report, _) = await app.Issued(audit);

        var refused = await app.AsAuditor().PostAsJsonAsync("api/v1/reports", new { auditId = audit, languages = new[] { "en" }, supersedes = report.Number, reason = Telling });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("reason-may-point-to-a-person", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("issued", await Status(report.Number));
    }

    [Fact]
    public async Task A_stranger_reads_in_which_country_the_recruiter_is_for_another_may_bear_its_name()
    {
        var (report, pdf) = await app.Issued();

        var said = await app.AsStranger().GetFromJsonAsync<JsonObject>($"api/v1/reports/verifications/{report.Number}");

        Assert.Equal("MMR", said!["report"]!["subjectCountry"]!.GetValue<string>());
        Assert.Contains("about Saffron Bridge Recruitment (Myanmar) was issued", said["sentence"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Myanmar", await ReportsApp.Tool("pdftotext", pdf, "-l", "1", "FILE", "-"), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> Revoke(Guid report, string reason) => app.AsAuditor().PostAsJsonAsync($"api/v1/reports/{report}/revocations", new { reason });

    private async Task<string> Status(string number) =>
        (await app.AsStranger().GetFromJsonAsync<JsonObject>($"api/v1/reports/verifications/{number}"))!["report"]!["status"]!.GetValue<string>();
}
