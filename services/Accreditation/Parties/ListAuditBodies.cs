using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Parties;

/// <summary>GET /audit-bodies: whom a scheme manager can ask.</summary>
internal static class ListAuditBodies
{
    public sealed record Response(Guid Id, string Name, string Country);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/audit-bodies", Handle).WithName(nameof(ListAuditBodies)).RequireRoles(Roles.SchemeManager);

    private static async Task<Ok<List<Response>>> Handle(AccreditationDb db, CancellationToken stop) =>
        TypedResults.Ok(await db.Parties.Where(p => p.Kind == PartyKinds.AuditBody && p.Status == "active").OrderBy(p => p.Name)
            .Select(p => new Response(p.Id, p.Name, p.Country)).ToListAsync(stop));
}
