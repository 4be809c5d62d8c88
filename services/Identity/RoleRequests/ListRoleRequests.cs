using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.RoleRequests;

/// <summary>GET /api/v1/identity/role-requests: roles that an administrator asked for and another has not answered, or whose link waits to be taken. Administrator.</summary>
internal static class ListRoleRequests
{
    /// <remarks>IsAlone: there is one administrator, who makes the second without anybody's agreement. Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(bool IsAlone, IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>State: open or agreed. For and AskedBy: e-mail addresses. MayDecide and MayTakeLink: whoever asks this now.</remarks>
    public sealed record Item(Guid Id, string Role, string For, string AskedBy, string State, DateTime ExpiresAt, bool MayDecide, bool MayTakeLink);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/role-requests", Handle).WithName(nameof(ListRoleRequests)).RequireRoles(Roles.Administrator);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop, Guid? cursor = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!await caller.Manages(caller.Party, db, now, stop)) return TypedResults.NotFound();

        var waiting = db.RoleRequests.AsNoTracking().Where(r => r.PartyId == caller.Party && r.ExpiresAt > now && (r.State == RoleRequest.Open || r.State == RoleRequest.Agreed));
        if (cursor is { } after) waiting = waiting.Where(r => r.Id.CompareTo(after) > 0);
        var page = await waiting.OrderBy(r => r.Id).Take(PageSize + 1).ToListAsync(stop);
        var named = page.SelectMany(r => new[] { r.AskedBy, r.PersonId ?? r.AskedBy }).Append(caller.PersonId() ?? Guid.Empty).Distinct().ToList();
        var emails = await db.People.Where(p => named.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email!, stop);
        var me = caller.PersonId() ?? Guid.Empty;
        var items = page.Take(PageSize).Select(r => new Item(r.Id, r.Role, r.PersonId is { } person ? emails.GetValueOrDefault(person, "") : r.Email ?? "", emails.GetValueOrDefault(r.AskedBy, ""), r.State, r.ExpiresAt,
            me != Guid.Empty && r.IsOpenAt(now) && r.MayBeDecidedBy(me, emails.GetValueOrDefault(me)), r.State == RoleRequest.Agreed && r.AskedBy == me)).ToList();
        return TypedResults.Ok(new Response(await FourEyes.Administrators(db, now, stop) == 1, items, page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}
