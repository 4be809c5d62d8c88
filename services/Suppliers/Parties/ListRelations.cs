using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>GET /api/v1/suppliers/relations: the suppliers of the brand that asks, by name, a page at a time.</summary>
/// <remarks>A page begins after the last relation of the one before, wherever that stands by then: what is listed or ends between two pages moves no other.</remarks>
internal static class ListRelations
{
    private const int PageSize = 50;

    public sealed record Line(Guid PartyId, string Name, string Country, int Sites, bool Asked, bool Shared);

    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Line> Suppliers, string? Next, int Total);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/relations", Handle).WithName(nameof(ListRelations)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Caller caller, SuppliersDb db, CancellationToken stop, string? query = null, string? cursor = null)
    {
        var brand = new PartyId(caller.Party);
        var mine = db.Relations.AsNoTracking().Where(r => r.BrandId == brand && r.Status == "open");
        var wanted = Names.Normalised(query ?? "");
        if (wanted.Length > 0) mine = mine.Where(r => r.NameKey.Contains(wanted));
        var total = await mine.CountAsync(stop);

        if (!string.IsNullOrEmpty(cursor))
        {
            var last = Guid.TryParse(cursor, out var id) ? await db.Relations.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.BrandId == brand, stop) : null;
            if (last is null) return Problems.UnknownCursor();
            mine = mine.Where(r => r.Name.CompareTo(last.Name) > 0 || (r.Name == last.Name && r.Id.CompareTo(last.Id) > 0));
        }
        var page = await mine.OrderBy(r => r.Name).ThenBy(r => r.Id).Take(PageSize + 1)
            .Join(db.Parties, r => r.SupplierId, p => p.Id, (r, p) => new { Relation = r.Id, p.Id, r.Name, p.Country, r.AskedAt, r.SharedAt }).ToListAsync(stop);
        var ids = page.Select(p => p.Id).ToList();
        var sites = await db.Listings.Where(l => l.BrandId == brand && ids.Contains(l.SupplierId))
            .GroupBy(l => l.SupplierId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);

        var lines = page.Take(PageSize)
            .Select(p => new Line(p.Id.Value, p.Name, p.Country, sites.GetValueOrDefault(p.Id), p.AskedAt is not null, p.SharedAt is not null));
        return TypedResults.Ok(new Response([.. lines], page.Count > PageSize ? page[PageSize - 1].Relation.ToString() : null, total));
    }
}
