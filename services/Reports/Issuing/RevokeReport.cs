using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Reports.Issuing;

/// <summary>POST /api/v1/reports/{id}/revocations: the issuing body takes a report back, with a reason. The file stays; its status says so everywhere.</summary>
internal static class RevokeReport
{
    public sealed record Request([property: Required(ErrorMessage = NoReason), Length(3, 500, ErrorMessage = NoReason)] string Reason);

    private const string NoReason = "Say why the report is taken back, in 3 to 500 characters.";

    public sealed record Response(string Status, int Version);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{id:guid}/revocations", Handle).WithName(nameof(RevokeReport)).WithIfMatch().RequireRoles(Roles.Auditor).RequireFreshSignIn();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        Guid id, Request request, Caller caller, ReportsDb db, BusinessClock clock, IOptions<ReportsOptions> options, CancellationToken stop)
    {
        var report = await db.Reports.SingleOrDefaultAsync(r => r.Id == id && r.IssuerPartyId == caller.Party, stop);
        if (report is null) return TypedResults.NotFound();

        caller.MustHaveRead(report.Version);
        if (StatusReason.Refused(request.Reason, [report.SubjectName, report.IssuerName], options.Value.SmallGroupBelow) is { } refused) return refused;
        report.Revoke(request.Reason, clock.Now, clock.Today);
        db.Publish(report.AsEvent(db.Epoch));
        await db.SaveChangesAsync(stop);
        return TypedResults.Ok(new Response(report.StatusCode, report.Version));
    }
}
