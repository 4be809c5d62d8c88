using System.Net;
using System.Net.Http.Json;
using Recruitment.Testing;

namespace Recruitment.Reports.Tests.Issuing;

public sealed class DownloadReportTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    [Fact]
    public async Task The_issuing_body_and_the_subject_download_and_nobody_else()
    {
        var (report, pdf) = await app.Issued();
        var address = $"api/v1/reports/{report.Id}/pdf";

        Assert.Equal(pdf, await app.AsRecruiter().GetByteArrayAsync(address));
        Assert.Equal(HttpStatusCode.NotFound, (await app.AsAuditor(Guid.CreateVersion7()).GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.AsRecruiter(Guid.CreateVersion7()).GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.AsBrand().GetAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.AsStranger().GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task An_auditor_s_role_does_not_open_reports_about_his_own_party()
    {
        var (report, _) = await app.Issued();

        // Party of the subject, role of an auditor: neither the issuer nor a user of the recruiter.
        Assert.Equal(HttpStatusCode.NotFound, (await app.AsAuditor(app.Recruiter).GetAsync($"api/v1/reports/{report.Id}/pdf")).StatusCode);
    }

    [Fact]
    public async Task Another_body_cannot_revoke_and_a_revocation_cannot_be_taken_back()
    {
        var (report, _) = await app.Issued();
        var address = $"api/v1/reports/{report.Id}/revocations";

        Assert.Equal(HttpStatusCode.NotFound, (await app.AsAuditor(Guid.CreateVersion7()).PostAsJsonAsync(address, new { reason = "Not ours" })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.AsAuditor().PostAsJsonAsync(address, new { reason = "Wrong audit" })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await app.AsAuditor().PostAsJsonAsync(address, new { reason = "Again" })).StatusCode);
    }

    [Fact]
    public async Task The_database_holds_no_readable_file()
    {
        if (Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }) Assert.Skip("The raw file looked at is SQLite's.");
        await app.Issued();

        foreach (var (_, content) in await RawFiles.In(app.DataFolder, "reports.db*")) Assert.DoesNotContain("%PDF-", content, StringComparison.Ordinal);
    }
}
