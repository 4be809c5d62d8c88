using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>POST /api/v1/identity/organisations/{party}/people/{person}/roles/{membership}/again: gives an ended role back to the same account. Given twice it is given once. Owners of it and administrators.</summary>
internal static class GiveBack
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/organisations/{party:guid}/people/{person:guid}/roles/{membership:guid}/again", Handle).WithName(nameof(GiveBack)).RequireRoles(Managing.By).RequireFreshSignIn();

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid party, Guid person, Guid membership, Caller caller, IdentityDb db, IOptions<OrganisationsOptions> options, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();
        var asked = await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.Id == membership && m.PersonId == person && m.PartyId == party, stop);
        if (asked is null) return TypedResults.NotFound();

        db.AuditAbout(asked.Role);
        await GiveRoleBack.Give(asked, db, options.Value, now, stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
