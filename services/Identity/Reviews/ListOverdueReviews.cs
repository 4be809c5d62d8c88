using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>GET /api/v1/identity/overdue-reviews: organisations whose review of access should have been finished. Administrator.</summary>
internal static class ListOverdueReviews
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    public sealed record Item(Guid Id, Guid PartyId, DateOnly DueOn);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/overdue-reviews", Handle).WithName(nameof(ListOverdueReviews)).RequireRoles(Roles.Administrator);

    private static async Task<Ok<Response>> Handle(IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop, Guid? cursor = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var overdue = db.Reviews.AsNoTracking().Where(r => r.ClosedAt == null && r.DueAt < now);
        if (cursor is { } after) overdue = overdue.Where(r => r.Id.CompareTo(after) > 0);
        var page = await overdue.OrderBy(r => r.Id).Take(PageSize + 1).Select(r => new { r.Id, r.PartyId, r.DueAt }).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize).Select(r => new Item(r.Id, r.PartyId, clock.DayOf(r.DueAt)))], page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}
