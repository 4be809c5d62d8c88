using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>GET /api/v1/identity/organisations/{party}/people: who belongs or belonged to one organisation and as what, with nothing of any other. Owners of it and administrators.</summary>
internal static class ListMembers
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    private const int PageSize = 100;

    public sealed record Item(Guid Id, string Email, IReadOnlyList<Role> Roles);

    /// <remarks>To: when it was ended, or ends by itself. IsOpen: it works today.</remarks>
    public sealed record Role(Guid MembershipId, string Name, DateOnly From, DateOnly? To, bool IsOpen);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/organisations/{party:guid}/people", Handle).WithName(nameof(ListMembers)).RequireRoles(Managing.By);

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(Guid party, Caller caller, IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop, Guid? cursor = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();

        var found = db.People.AsNoTracking().Where(p => p.Memberships.Any(m => m.PartyId == party));
        var after = cursor is null ? null : await found.Where(p => p.Id == cursor).Select(p => p.NormalizedEmail).SingleOrDefaultAsync(stop);
        if (cursor is not null && after is null) return Problems.UnknownCursor();
        if (after is not null) found = found.Where(p => p.NormalizedEmail!.CompareTo(after) > 0);
        var people = await found.OrderBy(p => p.NormalizedEmail).Take(PageSize + 1).Include(p => p.Memberships.Where(m => m.PartyId == party)).ToListAsync(stop);
        var items = people.Take(PageSize).Select(p => new Item(p.Id, p.Email!, [.. p.Memberships.OrderBy(m => m.From).ThenBy(m => m.Id).Select(m => new Role(
            m.Id, m.Role, clock.DayOf(m.From), (m.To ?? m.Until) is { } to ? clock.DayOf(to) : null, m.IsOpenAt(now)))])).ToList();
        return TypedResults.Ok(new Response(items, people.Count > PageSize ? people[PageSize - 1].Id : null));
    }
}
