using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>GET /api/v1/identity/people: who can sign in and as what, for the administrator.</summary>
internal static class ListPeople
{
    public sealed record Item(Guid Id, string Email, IReadOnlyList<Role> Roles);

    public sealed record Role(Guid PartyId, string Kind, string Name, DateOnly From, DateOnly? To);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/people", Handle).WithName(nameof(ListPeople)).RequireRoles(Platform.Roles.Administrator);

    private static async Task<Ok<List<Item>>> Handle(IdentityDb db, CancellationToken stop)
    {
        var people = await db.People.AsNoTracking().Include(p => p.Memberships).OrderBy(p => p.NormalizedEmail).Take(500).ToListAsync(stop);
        return TypedResults.Ok(people.Select(p => new Item(p.Id, p.Email!, [.. p.Memberships.Select(m => new Role(
            m.PartyId, m.Kind, m.Role, DateOnly.FromDateTime(m.From), m.To is null ? null : DateOnly.FromDateTime(m.To.Value)))])).ToList());
    }
}
