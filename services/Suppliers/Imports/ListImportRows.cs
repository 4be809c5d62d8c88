using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>GET /api/v1/suppliers/imports/{id}/rows: what became of each row, refused or accepted, a page at a time.</summary>
internal static class ListImportRows
{
    private const int PageSize = 100;

    public sealed record Line(int Number, string Name, string Country, string Address, string? Column, string? Code, string? Sentence, Guid? PartyId);

    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Line> Rows, int? Next);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/imports/{id:guid}/rows", Handle).WithName(nameof(ListImportRows)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(
        Guid id, Caller caller, SuppliersDb db, CancellationToken stop, bool accepted = false, int cursor = 0)
    {
        if (!await db.Imports.AnyAsync(i => i.Id == id && i.BrandId == new PartyId(caller.Party), stop)) return TypedResults.NotFound();

        var rows = await db.ImportRows.AsNoTracking().Where(r => r.ImportId == id && r.Accepted == accepted && r.Number > cursor)
            .OrderBy(r => r.Number).Take(PageSize + 1)
            .Select(r => new Line(r.Number, r.Name, r.Country, r.Address, r.Column, r.Code, r.Sentence, r.PartyId)).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Number : null));
    }
}
