using System.Globalization;
using Recruitment.Platform;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Verification;

/// <summary>What anybody may know of an issued report: dated facts, never what it found.</summary>
/// <remarks>SubjectCountry is alpha-3, null for reports issued before it was kept: two organisations may bear one name. Status is the report's own. What status the recruiter has today, the register says under SubjectPartyId.</remarks>
internal sealed record PublicReport(
    string Number, Guid SubjectPartyId, string SubjectName, string IssuerName, DateOnly IssuedOn, string Sha256, string Status, DateOnly StatusOn, string? SupersededBy, bool IsDemonstration, string? SubjectCountry)
{
    public static PublicReport Of(Report report) => new(
        report.Number, report.SubjectPartyId, report.SubjectName, report.IssuerName, report.IssuedOn, report.Sha256,
        report.StatusCode, report.StatusOn, report.SupersededBy, report.IsDemonstration, report.SubjectCountry);

    private static string Subject(Report report) => report.SubjectCountry is { } country ? $"{report.SubjectName} ({CountryList.Name(country)})" : report.SubjectName;

    public static string Sentence(Report report)
    {
        var issued = string.Create(CultureInfo.InvariantCulture, $"Report {report.Number} about {Subject(report)} was issued by {report.IssuerName} on {report.IssuedOn:yyyy-MM-dd}");
        var on = report.StatusOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return report.Status switch
        {
            ReportStatus.Issued => $"{issued}, and it was neither revoked nor replaced. What status {report.SubjectName} has today, the public register says.",
            ReportStatus.Superseded => $"{issued}. It was replaced by {report.SupersededBy} on {on}: ask for the newer one.",
            ReportStatus.Revoked => $"{issued}. It was revoked on {on}: do not rely on it.",
            _ => throw new ArgumentOutOfRangeException(nameof(report)),
        };
    }
}
