using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Parties;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications/{id}/status-body (scheme manager): names another audit body to keep a public status, when the present one has come to belong to the recruiter's group.</summary>
internal static class HandOverStatus
{
    public sealed record Request(Guid AuditBodyPartyId, [property: Required(ErrorMessage = NoReason), StringLength(2000, MinimumLength = 3, ErrorMessage = NoReason)] string Reason);

    private const string NoReason = "Give a reason, in 3 to 2000 characters.";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/status-body", Handle).WithName(nameof(HandOverStatus)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.SchemeManager).RequireFreshSignIn();

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Request request, Caller caller, AccreditationDb db, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).Include(a => a.StatusBodies).SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);
        await AskAuditBody.RequireAuditBody(db, request.AuditBodyPartyId, application.RecruiterPartyId, stop);

        var keptInTheGroup = application.BodyResponsible is { } body && await db.AreOneGroup(body, application.RecruiterPartyId, stop);
        application.HandOverStatus(request.AuditBodyPartyId, keptInTheGroup, request.Reason, caller.Subject, clock.Now);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
