using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications/{id}/review (scheme manager): eligible, deferred or rejected, with a reason the recruiter reads.</summary>
internal static class ReviewApplication
{
    public sealed record Request([property: Required, OneOf(typeof(Codes), nameof(Codes.ReviewOutcomes))] string Outcome, [property: Required, StringLength(2000, MinimumLength = 3)] string Reason, Guid? AuditBodyPartyId = null);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/review", Handle).WithName(nameof(ReviewApplication)).WithIfMatch().RequireRoles(Roles.SchemeManager);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid id, Request request, Caller caller, AccreditationDb db, TimeLimits limits, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).Include(a => a.History).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);
        if (request.AuditBodyPartyId is { } body) await AskAuditBody.RequireAuditBody(db, body, application.RecruiterPartyId, stop);

        application.Review(request.Outcome, request.Reason, request.AuditBodyPartyId, limits, caller.Subject, clock.Now);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
