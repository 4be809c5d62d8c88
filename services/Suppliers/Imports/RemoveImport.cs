using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>DELETE /api/v1/suppliers/imports/{id}: a brand takes a list that could not be read off its list of imports.</summary>
internal static class RemoveImport
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapDelete("/imports/{id:guid}", Handle).WithName(nameof(RemoveImport)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Caller caller, SuppliersDb db, CancellationToken stop)
    {
        var import = await db.Imports.SingleOrDefaultAsync(i => i.Id == id && i.BrandId == new PartyId(caller.Party), stop);
        if (import is null) return TypedResults.NotFound();

        import.MustBeRemovable();
        db.Imports.Remove(import);
        await using var together = await db.Database.BeginTransactionAsync(stop);
        await db.ImportRows.Where(r => r.ImportId == id).ExecuteDeleteAsync(stop);
        await db.SaveChangesAsync(stop);
        await together.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
