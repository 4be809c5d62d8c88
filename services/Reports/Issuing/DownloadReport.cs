using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;
using Recruitment.Reports.Files;

namespace Recruitment.Reports.Issuing;

/// <summary>GET /api/v1/reports/{id}/pdf: the file as issued, for the issuing body and the recruiter it is about.</summary>
internal static class DownloadReport
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/{id:guid}/pdf", Handle).WithName(nameof(DownloadReport)).Audited().WithFileAnswer("application/pdf").RequireRoles(Roles.Auditor, Roles.RecruiterUser);

    private static async Task<Results<PushStreamHttpResult, NotFound>> Handle(Guid id, Caller caller, ReportsDb db, SealedFiles files, HttpContext http, CancellationToken stop)
    {
        var report = await db.Reports.AsNoTracking().VisibleTo(caller).SingleOrDefaultAsync(r => r.Id == id, stop);
        if (report is null) return TypedResults.NotFound();

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(to => files.Write(report.FileId, to, stop), "application/pdf", $"{report.Number}.pdf");
    }
}
