using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>GET /api/v1/suppliers/imports: the lists that the asking brand handed in last.</summary>
internal static class ListImports
{
    private const int Most = 50;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/imports", Handle).WithName(nameof(ListImports)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Ok<IReadOnlyList<GetImport.Response>>> Handle(Caller caller, SuppliersDb db, CancellationToken stop)
    {
        var imports = await db.Imports.AsNoTracking().Where(i => i.BrandId == new PartyId(caller.Party) && i.Status != SupplierImport.Receiving)
            .OrderByDescending(i => i.CreatedAt).Take(Most).ToListAsync(stop);
        return TypedResults.Ok<IReadOnlyList<GetImport.Response>>([.. imports.Select(GetImport.Of)]);
    }
}
