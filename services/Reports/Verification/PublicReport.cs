using System.Globalization;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Verification;

/// <summary>What anybody may know of an issued report: dated facts, never what it found.</summary>
internal sealed record PublicReport(
    string Number, string SubjectName, string IssuerName, DateOnly IssuedOn, string Sha256, string Status, DateOnly StatusOn, string? SupersededBy, bool IsDemonstration)
{
    public static PublicReport Of(Report report) => new(
        report.Number, report.SubjectName, report.IssuerName, DateOnly.FromDateTime(report.IssuedAt), report.Sha256,
        report.StatusCode, DateOnly.FromDateTime(report.StatusAt), report.SupersededBy, report.IsDemonstration);

    public static string Sentence(Report report)
    {
        var issued = string.Create(CultureInfo.InvariantCulture, $"Report {report.Number} about {report.SubjectName} was issued by {report.IssuerName} on {report.IssuedAt:yyyy-MM-dd}");
        var on = report.StatusAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return report.Status switch
        {
            ReportStatus.Issued => $"{issued} and stands.",
            ReportStatus.Superseded => $"{issued}. It was replaced by {report.SupersededBy} on {on}: ask for the newer one.",
            ReportStatus.Revoked => $"{issued}. It was revoked on {on}: do not rely on it.",
            _ => throw new ArgumentOutOfRangeException(nameof(report)),
        };
    }
}
