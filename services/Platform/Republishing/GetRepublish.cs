using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>GET /republish: when the service last began to publish its states again and how far it is, and what it could not publish. Administrator.</summary>
internal static class GetRepublish
{
    /// <remarks>BegunAt: null when it was never asked for. DoneAt: null while it is under way. Published: how many rows so far. Unsent: what could not be sent when last tried, by type; it is tried again.</remarks>
    public sealed record Response(DateTime? BegunAt, DateTime? DoneAt, int Published, IReadOnlyList<UnsentType> Unsent);

    /// <remarks>Known: whether this release knows the type. One that it does not know was saved by a later release and waits for it. Since: when the oldest was saved.</remarks>
    public sealed record UnsentType(string Type, bool Known, int Count, DateTime Since);

    private const int MostTypes = 20;

    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapGet("", Handle).WithName($"Get{service}Republish").RequireRoles(Roles.Administrator);

    private static async Task<Ok<Response>> Handle(DatabaseAsked asked, CancellationToken stop)
    {
        var unsent = await asked.Db.Outbox.Where(OutboxRows.HasFailed).GroupBy(m => m.Type)
            .Select(g => new { Type = g.Key, Count = g.Count(), Since = g.Min(m => m.CreatedAt) }).OrderBy(g => g.Type).Take(MostTypes).ToListAsync(stop);
        var row = await asked.Db.Republishings.AsNoTracking().SingleOrDefaultAsync(stop);
        return TypedResults.Ok(new Response(row?.BegunAt, row?.DoneAt, row?.Published ?? 0, [.. unsent.Select(u => new UnsentType(u.Type, OutboxRows.TypeOf(u.Type) is not null, u.Count, u.Since))]));
    }
}
