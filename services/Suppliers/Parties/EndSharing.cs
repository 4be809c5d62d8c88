using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>DELETE /api/v1/suppliers/mine/brands/{relation}/share: a supplier no longer lets a brand read its answers. What the brand read before stays read.</summary>
internal static class EndSharing
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapDelete("/mine/brands/{relation:guid}/share", Handle).WithName(nameof(EndSharing)).RequireRoles(Roles.SupplierUser);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid relation, Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var found = await db.Relations.SingleOrDefaultAsync(r => r.Id == relation && r.SupplierId == new PartyId(caller.Party), stop);
        if (found is null) return TypedResults.NotFound();
        if (!found.EndSharing(clock.Now)) return TypedResults.NoContent();

        db.Publish(found.State(db.Epoch));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
