using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>DELETE /api/v1/identity/organisations/{party}/invitations/{invitation}: a link works no more. Withdrawn twice it is withdrawn once. Owners of it and administrators.</summary>
internal static class WithdrawInvitation
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapDelete("/organisations/{party:guid}/invitations/{invitation:guid}", Handle).WithName(nameof(WithdrawInvitation)).RequireRoles(Managing.By);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid party, Guid invitation, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();
        var link = await db.Links.SingleOrDefaultAsync(l => l.Id == invitation && l.PartyId == party && l.Id != Guid.Empty && !l.IsInvitation, stop);
        if (link is null) return TypedResults.NotFound();

        if (link.UsedAt is null) link.Use(now);
        await db.SaveChangesAsync(stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
