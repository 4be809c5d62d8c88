using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>GET /api/v1/identity/organisations/{party}/invitations: links that nobody has used yet, without the links. Owners of it and administrators.</summary>
internal static class ListInvitations
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>Until: the last day on which the person would answer; null when for good.</remarks>
    public sealed record Item(Guid Id, string Role, string? Email, DateTime ExpiresAt, DateOnly? Until);

    private const int PageSize = 100;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/organisations/{party:guid}/invitations", Handle).WithName(nameof(ListInvitations)).RequireRoles(Managing.By);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid party, Caller caller, IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop, Guid? cursor = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();

        // Those of the release before cannot be withdrawn; they run out. Those of Suppliers are its own.
        var open = db.Links.AsNoTracking().Where(l => l.PartyId == party && l.UsedAt == null && l.ExpiresAt > now && l.Id != Guid.Empty && !l.IsInvitation);
        if (cursor is { } after) open = open.Where(l => l.Id.CompareTo(after) > 0);
        var page = await open.OrderBy(l => l.Id).Take(PageSize + 1).ToListAsync(stop);
        return TypedResults.Ok(new Response(
            [.. page.Take(PageSize).Select(l => new Item(l.Id, l.Role, l.Email, l.ExpiresAt, l.MembershipUntil is { } until ? clock.DayOf(until.AddTicks(-1)) : null))],
            page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}
