using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>POST /api/v1/identity/people/{person}/memberships/{membership}/end: an administrator takes a role from a person. Access ends with the token, within a minute.</summary>
internal static class EndMembership
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/people/{person:guid}/memberships/{membership:guid}/end", Handle).WithName(nameof(EndMembership)).RequireRoles(Roles.Administrator);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid person, Guid membership, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        // Of two administrators who end each other at the same moment one stays.
        await using var together = await Members.Begin(db, stop);
        var now = time.GetUtcNow().UtcDateTime;
        if (!await caller.Manages(caller.Party, db, now, stop)) return TypedResults.NotFound();
        var found = await db.Memberships.SingleOrDefaultAsync(m => m.Id == membership && m.PersonId == person, stop);
        if (found is null) return TypedResults.NotFound();

        db.AuditAlsoOf(found.PartyId);
        db.AuditAbout(found.Role);
        await Members.End(db, [found], now, stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
