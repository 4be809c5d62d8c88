using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Tests.Issuing;

public sealed class ListReportsTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    private const int More = 7;

    [Fact]
    public async Task Every_report_is_found_once_page_by_page_also_those_issued_in_the_same_moment()
    {
        var (body, others) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var numbers = await Issued(body, ListReports.PageSize + More);
        var foreign = await Issued(others, 1);

        var seen = new List<ListReports.Item>();
        var pages = 0;
        Guid? cursor = null;
        do
        {
            var page = (await app.AsAuditor(body).GetFromJsonAsync<ListReports.Response>(cursor is null ? "api/v1/reports" : $"api/v1/reports?cursor={cursor}"))!;
            seen.AddRange(page.Items);
            (cursor, pages) = (page.Next, pages + 1);
        }
        while (cursor is not null);

        Assert.Equal(2, pages);
        Assert.Equal(numbers.Order(), seen.Select(r => r.Number).Order());
        Assert.DoesNotContain(seen, r => foreign.Contains(r.Number));
    }

    [Fact]
    public async Task The_report_of_another_body_is_no_place_to_begin()
    {
        var (body, others) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await Issued(body, 3);
        await Issued(others, 1);
        var foreign = (await app.AsAuditor(others).GetFromJsonAsync<ListReports.Response>("api/v1/reports"))!.Items[0].Id;

        using var refused = await app.AsAuditor(body).GetAsync(new Uri($"api/v1/reports?cursor={foreign}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("unknown-cursor", await refused.Content.ReadAsStringAsync());
    }

    /// <summary>Records alone: printing so many files would take minutes and says nothing about the list.</summary>
    private async Task<List<string>> Issued(Guid body, int count)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ReportsDb>();
        var reports = Enumerable.Range(0, count).Select(_ => Report.Issue(
            new(ReportNumber.New(2026), ReportNumber.NewCheckCode()),
            new AuditFacts { AuditId = Guid.CreateVersion7(), RecruiterPartyId = app.Recruiter, RecruiterName = "Saffron Bridge Recruitment", AuditBodyName = "Lotus Lane Assurance" },
            new(Guid.CreateVersion7(), 1, Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray()), Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray())),
            new(body, "auditor", "en", "", IsDemonstration: false, null), new DateTime(2026, 9, 20, 8, 0, 0, DateTimeKind.Utc), new(2026, 9, 20))).ToList();
        db.Reports.AddRange(reports);
        await db.SaveChangesAsync();
        return [.. reports.Select(r => r.Number)];
    }
}
