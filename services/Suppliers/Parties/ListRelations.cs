using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>GET /api/v1/suppliers/relations: the suppliers of the brand that asks, by name, a page at a time.</summary>
internal static class ListRelations
{
    private const int PageSize = 50;

    public sealed record Line(Guid PartyId, string Name, string Country, int Sites, bool Asked, bool Shared);

    public sealed record Response(IReadOnlyList<Line> Suppliers, string? Next, int Total);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/relations", Handle).WithName(nameof(ListRelations)).RequireRoles(Roles.BrandAnalyst);

    private static async Task<Ok<Response>> Handle(Caller caller, SuppliersDb db, CancellationToken stop, string? query = null, string? after = null)
    {
        var brand = new PartyId(caller.Party);
        var mine = db.Relations.AsNoTracking().Where(r => r.BrandId == brand && r.Status == "open");
        var wanted = Names.Normalised(query ?? "");
        if (wanted.Length > 0) mine = mine.Where(r => r.NameKey.Contains(wanted));
        var total = await mine.CountAsync(stop);

        var skip = int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
        var page = await mine.OrderBy(r => r.Name).ThenBy(r => r.Id).Skip(skip).Take(PageSize + 1)
            .Join(db.Parties, r => r.SupplierId, p => p.Id, (r, p) => new { p.Id, r.Name, p.Country, r.AskedAt, r.SharedAt }).ToListAsync(stop);
        var ids = page.Select(p => p.Id).ToList();
        var sites = await db.Listings.Where(l => l.BrandId == brand && ids.Contains(l.SupplierId))
            .GroupBy(l => l.SupplierId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);

        var lines = page.Take(PageSize).OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p => new Line(p.Id.Value, p.Name, p.Country, sites.GetValueOrDefault(p.Id), p.AskedAt is not null, p.SharedAt is not null));
        return TypedResults.Ok(new Response([.. lines], page.Count > PageSize ? (skip + PageSize).ToString(CultureInfo.InvariantCulture) : null, total));
    }
}
