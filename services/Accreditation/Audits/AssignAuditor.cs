using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Audits;

/// <summary>POST /applications/{id}/auditor (scheme manager): names an auditor who declared to be free of conflict.</summary>
internal static class AssignAuditor
{
    public sealed record Request([property: Required(ErrorMessage = "Choose the auditor to name.")] string AuditorSubject, DateOnly? DueOn = null);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/auditor", Handle).WithName(nameof(AssignAuditor)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.SchemeManager);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid id, Request request, Caller caller, AccreditationDb db, TimeLimits limits, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);

        application.AssignAuditor(request.AuditorSubject, request.DueOn ?? limits.Audit(limits.TodayOf(clock)), limits, caller.Subject, clock.Now);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
