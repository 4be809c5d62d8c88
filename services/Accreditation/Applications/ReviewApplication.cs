using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Deadlines;
using Recruitment.Accreditation.Evidence;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications/{id}/review (scheme manager): eligible, deferred or rejected, with a reason the recruiter reads.</summary>
internal static class ReviewApplication
{
    public sealed record Request(
        [property: Required(ErrorMessage = "Choose an outcome: eligible, deferred or rejected."), OneOf(typeof(Codes), nameof(Codes.ReviewOutcomes))] string Outcome,
        [property: Required(ErrorMessage = NoReason), StringLength(2000, MinimumLength = 3, ErrorMessage = NoReason)] string Reason, Guid? AuditBodyPartyId = null);

    private const string NoReason = "Give a reason, in 3 to 2000 characters.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/review", Handle).WithName(nameof(ReviewApplication)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.SchemeManager).RequireFreshSignIn();

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid id, Request request, Caller caller, AccreditationDb db, EvidenceStore evidence, TimeLimits limits, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).Include(a => a.History).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);
        if (request.AuditBodyPartyId is { } body) await AskAuditBody.RequireAuditBody(db, body, application.RecruiterPartyId, stop);

        application.Review(request.Outcome, request.Reason, request.AuditBodyPartyId, limits, caller.Subject, clock.Now);
        if (request.Outcome == "rejected") await evidence.Decided(application.Id, stop);
        db.AskFor(application, limits);
        await db.TellRecruiter(application, limits.TodayOf(clock), stop);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
