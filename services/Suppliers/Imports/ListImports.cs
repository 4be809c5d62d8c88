using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>GET /api/v1/suppliers/imports: the lists that the asking brand handed in, the last one first, a page at a time.</summary>
internal static class ListImports
{
    private const int PageSize = 50;

    /// <summary>Of the moment in a cursor; the list's id follows.</summary>
    private const int Digits = 19;

    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<GetImport.Response> Items, string? Next);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/imports", Handle).WithName(nameof(ListImports)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Caller caller, SuppliersDb db, CancellationToken stop, string? cursor = null)
    {
        var lists = db.Imports.AsNoTracking().Where(i => i.BrandId == new PartyId(caller.Party) && i.Status != SupplierImport.Receiving);
        if (!string.IsNullOrEmpty(cursor))
        {
            if (PlaceOf(cursor) is not var (at, id)) return Problems.UnknownCursor();
            lists = lists.Where(i => i.CreatedAt < at || (i.CreatedAt == at && i.Id.CompareTo(id) < 0));
        }
        var page = await lists.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(PageSize + 1).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize).Select(GetImport.Of)], page.Count > PageSize ? Cursor(page[PageSize - 1]) : null));
    }

    /// <summary>The place and not the list: a list that could not be read may be removed between two pages.</summary>
    private static string Cursor(SupplierImport last) => last.CreatedAt.Ticks.ToString("D19", CultureInfo.InvariantCulture) + last.Id.ToString("N");

    private static (DateTime At, Guid Id)? PlaceOf(string cursor) =>
        cursor.Length > Digits && long.TryParse(cursor.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTime.MaxValue.Ticks && Guid.TryParseExact(cursor[Digits..], "N", out var id)
            ? (new DateTime(ticks, DateTimeKind.Utc), id) : null;
}
