using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Parties;

/// <summary>GET /audit-bodies: whom a scheme manager can ask, by name, a page at a time.</summary>
internal static class ListAuditBodies
{
    private const int PageSize = 100;

    public sealed record Line(Guid Id, string Name, string Country);

    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Line> Items, Guid? Next);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/audit-bodies", Handle).WithName(nameof(ListAuditBodies)).RequireRoles(Roles.SchemeManager);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(AccreditationDb db, CancellationToken stop, Guid? cursor = null)
    {
        var bodies = db.Parties.AsNoTracking().Where(p => p.Kind == PartyKinds.AuditBody);
        if (cursor is not null)
        {
            // Wherever the last one stands by now, and whether it still is one that can be asked.
            if (await bodies.SingleOrDefaultAsync(p => p.Id == cursor, stop) is not { } last) return Problems.UnknownCursor();
            bodies = bodies.Where(p => p.Name.CompareTo(last.Name) > 0 || (p.Name == last.Name && p.Id.CompareTo(last.Id) > 0));
        }
        var page = await bodies.Where(p => p.Status == "active").OrderBy(p => p.Name).ThenBy(p => p.Id).Take(PageSize + 1)
            .Select(p => new Line(p.Id, p.Name, p.Country)).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}
