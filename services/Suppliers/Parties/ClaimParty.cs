using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>PUT /api/v1/suppliers/parties/{id}/claim: Identity has given somebody an account of this organisation, so no invitation of another opens a second way in. Twice is once.</summary>
internal static class ClaimParty
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/parties/{id:guid}/claim", Handle).WithName(nameof(ClaimParty)).RequireRoles(Roles.Service);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var party = await db.Parties.SingleOrDefaultAsync(p => p.Id == new PartyId(id), stop);
        if (party is null) return TypedResults.NotFound();
        if (party.ClaimedAt is not null) return TypedResults.NoContent();

        party.Claim(clock.Now);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
