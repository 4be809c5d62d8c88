using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Parties;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Applications;

/// <summary>POST /applications/{id}/audit-body (scheme manager): asks another audit body while no auditor is named, or anew when the one asked has come to belong to the recruiter's group.</summary>
internal static class AskAuditBody
{
    public sealed record Request(Guid AuditBodyPartyId);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/applications/{id:guid}/audit-body", Handle).WithName(nameof(AskAuditBody)).WithIfMatch().WithIdempotencyKey<AccreditationDb>().RequireRoles(Roles.SchemeManager);

    internal static async Task RequireAuditBody(AccreditationDb db, Guid body, Guid recruiter, CancellationToken stop)
    {
        if (!await db.Parties.AnyAsync(p => p.Id == body && p.Kind == PartyKinds.AuditBody && p.Status == "active", stop))
            throw new BrokenRuleException("unknown-audit-body", "This organisation is not an active audit body. Choose one from the list.");
        await db.RequireIndependent(body, recruiter, stop);
    }

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Request request, Caller caller, AccreditationDb db, BusinessClock clock, CancellationToken stop)
    {
        var application = await db.Applications.VisibleTo(caller).WithAudit().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (application is null) return TypedResults.NotFound();
        caller.MustHaveRead(application.Version);
        await RequireAuditBody(db, request.AuditBodyPartyId, application.RecruiterPartyId, stop);

        var askedIsOfTheGroup = application.AuditBodyPartyId is { } asked && await db.AreOneGroup(asked, application.RecruiterPartyId, stop);
        application.AskAuditBody(request.AuditBodyPartyId, askedIsOfTheGroup, caller.Subject, clock.Now);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
