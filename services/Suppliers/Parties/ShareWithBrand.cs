using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>POST /api/v1/suppliers/mine/brands/{relation}/share: a supplier lets one brand that asked read its answers.</summary>
internal static class ShareWithBrand
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/mine/brands/{relation:guid}/share", Handle).WithName(nameof(ShareWithBrand)).RequireRoles(Roles.SupplierUser);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid relation, Caller caller, SuppliersDb db, BusinessClock clock, CancellationToken stop)
    {
        var found = await db.Relations.SingleOrDefaultAsync(
            r => r.Id == relation && r.SupplierId == new PartyId(caller.Party) && r.AskedAt != null && r.Status == "open", stop);
        if (found is null) return TypedResults.NotFound();

        found.Share(clock.Now, clock.Today);
        db.Publish(found.State(db.Epoch));
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
