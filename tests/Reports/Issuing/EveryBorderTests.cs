using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Reports.Tests.Issuing;

/// <summary>Every endpoint that asks who is calling, every role, from another organisation.</summary>
public sealed class EveryBorderTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    /// <summary>That everything is published again shows nobody a report.</summary>
    private static readonly ILookup<string, string> Allowed = Borders.Republish("Reports").Select(c => (c.Endpoint, Role: Roles.Administrator)).Concat(Borders.ReadersOfAudit("Reports")).ToLookup(c => c.Endpoint, c => c.Role);

    [Fact]
    public async Task Nobody_of_another_organisation_reaches_a_report_or_its_audit()
    {
        var audit = app.Audit();
        var (report, _) = await app.Issued(audit);

        var crossed = await Borders.Crossed(Table(report.Id, audit), app.As, [report.Number, report.Id.ToString(), "Saffron Bridge"], Allowed);

        Assert.Empty(crossed);
    }

    [Fact]
    public async Task A_recruiter_and_an_audit_body_swapped_reach_nothing()
    {
        var audit = app.Audit();
        var (report, _) = await app.Issued(audit);

        // The right organisations with the wrong roles: the issuing body as a recruiter, the recruiter as an auditor.
        var asRecruiter = await Borders.Crossed(Table(report.Id, audit), (role, _, kind) => app.As(role, role == Roles.RecruiterUser ? app.Body : app.Recruiter, kind),
            [report.Number, report.Id.ToString()], Allowed);

        Assert.Empty(asRecruiter);
    }

    [Fact]
    public void The_table_has_every_endpoint() =>
        Assert.Equal(Borders.Closed(app.Services), Table(Guid.Empty, Guid.Empty).Select(c => c.Endpoint).Order(StringComparer.Ordinal));

    private static Crossing[] Table(Guid report, Guid audit) =>
    [
        new("PreviewReport", "POST", "/api/v1/reports/drafts", new { auditId = audit, languages = new[] { "en" } }),
        new("IssueReport", "POST", "/api/v1/reports", new { auditId = audit, languages = new[] { "en" } }),
        new("ListReports", "GET", "/api/v1/reports", Lists: true),
        new("DownloadReport", "GET", $"/api/v1/reports/{report}/pdf"),
        new("RevokeReport", "POST", $"/api/v1/reports/{report}/revocations", new { reason = "Not theirs to say." }),
        .. Borders.Republish("Reports"),
        .. Borders.Audit("Reports"),
    ];
}
