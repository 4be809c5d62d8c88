using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>GET /republish: when the service last began to publish its states again, and how far it is. Administrator.</summary>
internal static class GetRepublish
{
    /// <remarks>BegunAt: null when it was never asked for. DoneAt: null while it is under way. Published: how many rows so far.</remarks>
    public sealed record Response(DateTime? BegunAt, DateTime? DoneAt, int Published);

    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapGet("", Handle).WithName($"Get{service}Republish").RequireRoles(Roles.Administrator);

    private static async Task<Ok<Response>> Handle(DatabaseAsked asked, CancellationToken stop) =>
        TypedResults.Ok(await asked.Db.Republishings.AsNoTracking().Select(r => new Response(r.BegunAt, r.DoneAt, r.Published)).SingleOrDefaultAsync(stop) ?? new(null, null, 0));
}
