using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Reports.Tests;

/// <summary>Every endpoint, every role, own, shared and foreign: docs/access/reports.txt.</summary>
public sealed class AccessTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    private const string Root = "/api/v1/reports";

    [Fact]
    public async Task Everybody_gets_what_the_table_says_and_no_foreign_organisation_anything()
    {
        // The recruiter is whom a report is about: shared with it.
        Asker[] both = [new("own", Roles.Auditor, PartyKinds.AuditBody, app.Body), new("shared", Roles.RecruiterUser, PartyKinds.Recruiter, app.Recruiter)];
        var (report, pdf) = await app.Issued();
        var audit = new { auditId = app.Audit(), languages = new[] { "en" } };

        var table = await AccessTable.Of(app.Host, "reports",
        [
            new("ListReports", Root, both, shows: report.Number),
            new("DownloadReport", $"{Root}/{report.Id}/pdf", both),
            new("PreviewReport", $"{Root}/drafts", both[..1], audit),
            new("IssueReport", Root, both[..1], audit),
            new("RevokeReport", $"{Root}/{report.Id}/revocations", both[..1], new { reason = "Withdrawn at our own request." }),
            new("VerifyNumber", $"{Root}/verifications/{report.Number}", []),
            new("VerifyFile", $"{Root}/verifications", [], () => (HttpContent)new ByteArrayContent(pdf)),
        ]);

        Assert.Empty(table.Holes);
        Assert.Empty(table.DifferencesTo("docs/access/reports.txt"));
    }
}
