using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>POST /api/v1/identity/organisations/{party}/reviews: begins a review of access before its year is over; while one is open it is that one. Owners of it and administrators.</summary>
internal static class BeginReview
{
    public sealed record Response(Guid Id, DateOnly DueOn);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/organisations/{party:guid}/reviews", Handle).WithName(nameof(BeginReview)).WithIdempotencyKey<IdentityDb>().RequireRoles(Managing.By);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid party, Caller caller, IdentityDb db, IOptions<OrganisationsOptions> options, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();

        var review = await db.Reviews.FirstOrDefaultAsync(r => r.PartyId == party && r.ClosedAt == null, stop) ?? await OpenReviews.Open(db, party, options.Value, now, stop);
        await db.SaveChangesAsync(stop);
        if (together is not null) await together.CommitAsync(stop);
        return TypedResults.Ok(new Response(review.Id, clock.DayOf(review.DueAt)));
    }
}
