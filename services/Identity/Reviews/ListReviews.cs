using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>GET /api/v1/identity/organisations/{party}/reviews: reviews of access of one organisation, the newest first. Owners of it and administrators.</summary>
internal static class ListReviews
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    public sealed record Item(Guid Id, DateOnly OpenedOn, DateOnly DueOn, DateTime? ClosedAt);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/organisations/{party:guid}/reviews", Handle).WithName(nameof(ListReviews)).RequireRoles(Managing.By);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid party, Caller caller, IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop, Guid? cursor = null)
    {
        if (!await caller.Manages(party, db, time.GetUtcNow().UtcDateTime, stop)) return TypedResults.NotFound();

        var reviews = db.Reviews.AsNoTracking().Where(r => r.PartyId == party);
        if (cursor is { } after) reviews = reviews.Where(r => r.Id.CompareTo(after) < 0);
        var page = await reviews.OrderByDescending(r => r.Id).Take(PageSize + 1).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize).Select(r => new Item(r.Id, clock.DayOf(r.OpenedAt), clock.DayOf(r.DueAt), r.ClosedAt))], page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}
