using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>POST /api/v1/suppliers/imports/{id}/taking-back: a brand takes back a list that was read by mistake. Asked twice, it is done once.</summary>
/// <remarks>Sites that only this list named leave the brand's view, and relations without any site end. The list, its rows, who took it back and when stay as the account of it.</remarks>
internal static class TakeListBack
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/imports/{id:guid}/taking-back", Handle).WithName(nameof(TakeListBack)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<Accepted<GetImport.Response>, NotFound>> Handle(
        Guid id, Caller caller, SuppliersDb db, ImportSignal signal, TimeProvider time, CancellationToken stop)
    {
        var brand = new PartyId(caller.Party);
        var import = await db.Imports.SingleOrDefaultAsync(i => i.Id == id && i.BrandId == brand, stop);
        if (import is null) return TypedResults.NotFound();
        if (!await new TakenBackRows(db, import).CanTell(stop))
            throw new BrokenRuleException("import-too-old", "A list of yours was read before it was recorded which row names which site, so what only this one named cannot be told, and none can be taken back.");

        if (import.TakeBack(caller.Subject, time.GetUtcNow().UtcDateTime))
        {
            await db.SaveChangesAsync(stop);
            signal.Raise();
        }
        return TypedResults.Accepted($"/api/v1/suppliers/imports/{id}", GetImport.Of(import));
    }
}
