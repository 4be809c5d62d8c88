using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>POST /api/v1/identity/people/{person}/memberships/{membership}/end: an administrator takes a role from a person. Access ends with the token, within a minute.</summary>
internal static class EndMembership
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/people/{person:guid}/memberships/{membership:guid}/end", Handle).WithName(nameof(EndMembership)).RequireRoles(Roles.Administrator);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid person, Guid membership, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        // Serializable: of two administrators who end each other at the same moment one stays.
        await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.Serializable, stop);
        var found = await db.People.Include(p => p.Memberships).SingleOrDefaultAsync(p => p.Id == person && p.Memberships.Any(m => m.Id == membership), stop);
        if (found is null) return TypedResults.NotFound();

        var ended = found.Leave(membership, time.GetUtcNow().UtcDateTime);
        if (ended.Role == Roles.Administrator && !await db.Memberships.AnyAsync(m => m.Role == Roles.Administrator && m.To == null && m.Id != membership, stop))
            throw new BrokenRuleException("last-administrator", "Nobody else is administrator. Invite another one first.");

        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
