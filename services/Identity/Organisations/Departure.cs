using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Identity.RoleRequests;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>POST /api/v1/identity/organisations/{party}/people/{person}/departure: somebody leaves: all roles in this organisation end at once, access with the token, within a minute. Owners of it and administrators.</summary>
internal static class Departure
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/organisations/{party:guid}/people/{person:guid}/departure", Handle).WithName(nameof(Departure)).RequireRoles(Managing.By);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid party, Guid person, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();
        var leaving = await db.Memberships.Where(m => m.PersonId == person && m.PartyId == party).ToListAsync(stop);
        if (leaving.Count == 0) return TypedResults.NotFound();

        await End(caller, leaving, db, now, stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    /// <summary>Within a change of members. Only the administrator ends the last owner, and only one who leaves no other member behind; and only he ends roles that two gave together: he sees whether cases hang on a reader.</summary>
    public static async Task End(Caller caller, IReadOnlyCollection<Membership> ending, IdentityDb db, DateTime now, CancellationToken stop)
    {
        if (!caller.Is(Roles.Administrator) && ending.Any(m => m.IsOpenAt(now) && FourEyes.Needed.Contains(m.Role)))
            throw new BrokenRuleException("administrator-ends-this", "An administrator ends this role. He sees whether cases need this person.");
        if (!caller.Is(Roles.Administrator) && ending.FirstOrDefault(m => m.IsOpenAt(now) && m.Role == Roles.Owner) is { } owner && !await Members.HasAnotherOwner(db, owner.PartyId, owner.PersonId, now, stop))
            throw Members.NobodyOwnsIt();
        await Members.End(db, ending, now, stop);
    }
}
