using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>POST /api/v1/identity/organisations/{party}/people/{person}/roles/{membership}/end: takes a role back. The last owner stays one. Access ends with the token, within a minute. Owners of it and administrators.</summary>
internal static class EndRole
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/organisations/{party:guid}/people/{person:guid}/roles/{membership:guid}/end", Handle).WithName(nameof(EndRole)).RequireRoles(Managing.By);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid party, Guid person, Guid membership, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();
        var ending = await db.Memberships.SingleOrDefaultAsync(m => m.Id == membership && m.PersonId == person && m.PartyId == party, stop);
        if (ending is null) return TypedResults.NotFound();

        db.AuditAbout(ending.Role);
        await Departure.End(caller, [ending], db, now, stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
