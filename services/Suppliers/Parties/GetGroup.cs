using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Parties;

/// <summary>GET /api/v1/suppliers/parties/{id}/group: everyone under the same ultimate owner, for the rule against conflicts of interest.</summary>
internal static class GetGroup
{
    /// <summary>Deeper chains than this are cut; an ownership circle ends here too.</summary>
    private const int Deepest = 20;

    public sealed record Response(IReadOnlyList<Guid> PartyIds);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/parties/{id:guid}/group", Handle).WithName(nameof(GetGroup)).RequireRoles(Roles.Service);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid id, SuppliersDb db, CancellationToken stop)
    {
        var top = await db.Parties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == new PartyId(id), stop);
        if (top is null) return TypedResults.NotFound();

        var members = new HashSet<PartyId> { top.Id };
        for (var depth = 0; depth < Deepest && top.OwnerId is { } owner && members.Add(owner); depth++)
            top = await db.Parties.AsNoTracking().SingleAsync(p => p.Id == owner, stop);

        var level = members.ToList();
        for (var depth = 0; depth < Deepest && level.Count > 0; depth++)
        {
            var owners = level;
            var owned = await db.Parties.Where(p => p.OwnerId != null && owners.Contains(p.OwnerId.Value)).Select(p => p.Id).ToListAsync(stop);
            level = [.. owned.Where(members.Add)];
        }
        return TypedResults.Ok(new Response([.. members.Select(m => m.Value).Order()]));
    }
}
