using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>GET /api/v1/identity/people: who can sign in and as what, for the administrator.</summary>
internal static class ListPeople
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    private const int PageSize = 100;

    public sealed record Item(Guid Id, string Email, IReadOnlyList<Role> Roles);

    public sealed record Role(Guid MembershipId, Guid PartyId, string Kind, string Name, DateOnly From, DateOnly? To);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/people", Handle).WithName(nameof(ListPeople)).RequireRoles(Platform.Roles.Administrator);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(IdentityDb db, BusinessClock clock, CancellationToken stop, Guid? cursor = null)
    {
        var found = db.People.AsNoTracking();
        // An id, for addresses end up in logs and an e-mail address is about a person.
        var after = cursor is null ? null : await found.Where(p => p.Id == cursor).Select(p => p.NormalizedEmail).SingleOrDefaultAsync(stop);
        if (cursor is not null && after is null) return Problems.UnknownCursor();
        if (after is not null) found = found.Where(p => p.NormalizedEmail!.CompareTo(after) > 0);
        var people = await found.OrderBy(p => p.NormalizedEmail).Take(PageSize + 1).Include(p => p.Memberships).ToListAsync(stop);
        var items = people.Take(PageSize).Select(p => new Item(p.Id, p.Email!, [.. p.Memberships.OrderBy(m => m.From).Select(m => new Role(
            m.Id, m.PartyId, m.Kind, m.Role, clock.DayOf(m.From), (m.To ?? m.Until) is { } to ? clock.DayOf(to) : null))])).ToList();
        return TypedResults.Ok(new Response(items, people.Count > PageSize ? people[PageSize - 1].Id : null));
    }
}
