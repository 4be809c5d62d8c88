using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Claiming;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>GET /api/v1/identity/organisations/{party}: how an organisation stands: whether the operator has verified who answers for it, what its owners can give, and which review of access is open. Owners of it and administrators.</summary>
internal static class GetOrganisation
{
    /// <remarks>Claim: pending or verified; verified always of the operator. ReviewId: of the open review of access, null when there is none.</remarks>
    public sealed record Response(Guid PartyId, string Kind, string Claim, IReadOnlyList<string> Roles, int Owners, int People, Guid? ReviewId, DateOnly? ReviewDueOn);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/organisations/{party:guid}", Handle).WithName(nameof(GetOrganisation)).RequireRoles(Managing.By);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid party, Caller caller, IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();

        var kind = await Managing.KindOf(db, party, stop);
        var open = await db.Memberships.Open(now).Where(m => m.PartyId == party).Select(m => new { m.PersonId, m.Role }).ToListAsync(stop);
        var isVerified = kind == PartyKinds.Operator || await db.Claims.AnyAsync(c => c.PartyId == party && c.State == PartyClaim.Verified, stop);
        var review = await db.Reviews.Where(r => r.PartyId == party && r.ClosedAt == null).Select(r => new { r.Id, r.DueAt }).FirstOrDefaultAsync(stop);
        return TypedResults.Ok(new Response(party, kind, isVerified ? PartyClaim.Verified : PartyClaim.Pending, Person.RolesOf(kind),
            open.Where(m => m.Role == Platform.Roles.Owner).Select(m => m.PersonId).Distinct().Count(), open.Select(m => m.PersonId).Distinct().Count(),
            review?.Id, review is null ? null : clock.DayOf(review.DueAt)));
    }
}
