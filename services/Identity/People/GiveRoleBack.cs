using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>POST /api/v1/identity/people/{person}/memberships/{membership}/again: an administrator gives an ended role back to the same account. Twice is once.</summary>
/// <remarks>The same account, for a case handler's key belongs to it: cases that she alone can open are read again.</remarks>
internal static class GiveRoleBack
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/people/{person:guid}/memberships/{membership:guid}/again", Handle).WithName(nameof(GiveRoleBack)).RequireRoles(Roles.Administrator);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        Guid person, Guid membership, Caller caller, SuppliersClient suppliers, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var asked = await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.Id == membership && m.PersonId == person, stop);
        if (asked is null) return TypedResults.NotFound();
        if (await suppliers.WhyNot(asked.PartyId, asked.Kind, caller, stop) is { } refusal) return refusal;

        try
        {
            await Give(asked, db, time, stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Sent twice, or she mistyped her password at this moment: looked at once more, it is given, or was.
            db.ChangeTracker.Clear();
            await Give(asked, db, time, stop);
        }
        return TypedResults.NoContent();
    }

    private static async Task Give(Membership asked, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var found = await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == asked.PersonId, stop);
        found.Join(asked.PartyId, asked.Kind, asked.Role, time.GetUtcNow().UtcDateTime);
        if (!db.ChangeTracker.HasChanges()) return;
        // Of two roles given at the same moment, which may exclude each other, one is refused.
        found.ConcurrencyStamp = Guid.CreateVersion7().ToString("N");
        await db.SaveChangesAsync(stop);
    }
}
