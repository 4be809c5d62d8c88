using Recruitment.Reports.Issuing;
using Recruitment.Reports.Verification;

namespace Recruitment.Reports.Tests.Issuing;

/// <summary>Half past midnight in Bangkok is half past five the evening before in UTC: the day on the paper is the day that is told for ever, whatever the time zone says later.</summary>
public sealed class DayOfReportTests
{
    private static readonly DateTime HalfPastMidnight = new(2026, 11, 30, 17, 30, 0, DateTimeKind.Utc);
    private static readonly DateOnly OnPaper = new(2026, 12, 1);

    [Fact]
    public void List_event_and_verification_name_the_day_on_the_paper()
    {
        var report = Issued();

        Assert.Equal((OnPaper, OnPaper, OnPaper), (report.IssuedOn, report.AsEvent(1).IssuedOn, PublicReport.Of(report).IssuedOn));
        Assert.Contains("on 2026-12-01", PublicReport.Sentence(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_revocation_is_told_by_its_day()
    {
        var report = Issued();

        report.Revoke("The licence was forged.", HalfPastMidnight.AddDays(1), OnPaper.AddDays(1));

        Assert.Equal(OnPaper.AddDays(1), PublicReport.Of(report).StatusOn);
        Assert.Contains("revoked on 2026-12-02", PublicReport.Sentence(report), StringComparison.Ordinal);
    }

    private static Report Issued() => Report.Issue(
        new(ReportNumber.New(2026), ReportNumber.NewCheckCode()), new AuditFacts { AuditId = Guid.CreateVersion7(), RecruiterPartyId = Guid.CreateVersion7(), RecruiterName = "Saffron Bridge Recruitment", AuditBodyName = "Lotus Lane Assurance" },
        new(Guid.CreateVersion7(), 1, new('a', 64), new('b', 64)), new(Guid.CreateVersion7(), "auditor", "en", "", IsDemonstration: false, null), HalfPastMidnight, OnPaper);
}
