using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>GET /api/v1/suppliers/imports/{id}/taking-back: what would happen if the brand took this list back now.</summary>
internal static class PreviewTakingBack
{
    /// <remarks>Sites and Suppliers leave the brand's view; SharingSuppliers of them share their answers today. StayingRows name what another of its lists names too.</remarks>
    public sealed record Response(int Sites, int Suppliers, int SharingSuppliers, int StayingRows);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/imports/{id:guid}/taking-back", Handle).WithName(nameof(PreviewTakingBack)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, Caller caller, SuppliersDb db, CancellationToken stop)
    {
        var brand = new PartyId(caller.Party);
        var import = await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id && i.BrandId == brand, stop);
        if (import is null) return TypedResults.NotFound();

        await using var moment = await db.AsOfOneMoment(stop);
        var only = new TakenBackRows(db, import).OnlyHere();
        var sites = await only.CountAsync(stop);
        var leaving = db.Relations.Where(r => r.BrandId == brand && r.Status == "open" && only.Any(l => l.SupplierId == r.SupplierId)
            && db.Listings.Count(l => l.BrandId == brand && l.SupplierId == r.SupplierId) == only.Count(l => l.SupplierId == r.SupplierId));
        return TypedResults.Ok(new Response(sites, await leaving.CountAsync(stop), await leaving.CountAsync(r => r.SharedAt != null, stop), import.Accepted - sites));
    }
}
