using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Reports.Files;
using Recruitment.Reports.Issuing;
using Recruitment.Reports.Pdf;
using Recruitment.Reports.Verification;

namespace Recruitment.Reports;

/// <summary>Everything a host may know about this service.</summary>
public static class ReportsService
{
    public static void AddReports(this IHostApplicationBuilder builder)
    {
        builder.Services.AddValidation(); // per assembly: the generator sees only the endpoints compiled beside the call
        builder.AddServiceDatabase<ReportsDb, PostgresReportsDb, SqliteReportsDb>("reports", ownRowsOnly: true);
        builder.Services.AddMarkedSecret<ReportsDb>("reports-files", (db, stop) => db.Files.AnyAsync(stop));
        builder.Services.AddNeededSecret<ReportsDb>("reports-signing", (db, stop) => db.Reports.AnyAsync(stop));
        builder.AddServiceClient<AccreditationClient>("accreditation", asCaller: true);
        builder.AddOwnOptions<ReportsOptions>("Reports").PostConfigure(o =>
        {
            if (o.PublicAddress.Length == 0) o.PublicAddress = ServiceClients.AddressOf(builder.Configuration, "web").ToString();
        });
        builder.Services.AddSingleton<Chromium>();
        builder.Services.AddSingleton<SigningKey>();
        builder.Services.AddSingleton<FinishingPass>();
        builder.Services.AddScoped<SealedFiles>();
        builder.Services.AddScoped<Drafts>();
        builder.Services.AddScoped<Press>();
        builder.AddPublications(new Publications<ReportsDb>().Add<Report>((report, epoch) => report.AsEvent(epoch)));
    }

    /// <summary>Reports hears nothing: it asks for an audit's facts when one is issued, with the auditor's own token.</summary>
    public static void AddReportsConsumers(this Subscriptions subscriptions) => ArgumentNullException.ThrowIfNull(subscriptions);

    public static void MapReports(this IEndpointRouteBuilder routes)
    {
        var reports = routes.MapGroup("/api/v1/reports").WithTags("Reports").WithAuditTrail<ReportsDb>();
        reports.MapAudit<ReportsDb>("Reports");
        reports.MapRepublish<ReportsDb>("Reports");
        PreviewReport.Map(reports);
        IssueReport.Map(reports);
        ListReports.Map(reports);
        DownloadReport.Map(reports);
        RevokeReport.Map(reports);
        VerifyFile.Map(reports);
        VerifyNumber.Map(reports);
    }
}
