using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>POST /api/v1/identity/organisations/{party}/reviews/{review}/lines/{line}: keep or end, by a person and, where there is another owner, never about herself. What is ended works for a minute more at most. Owners of it and administrators.</summary>
internal static class DecideLine
{
    public sealed record Request([property: Required, OneOf(typeof(AccessReviewLine), nameof(AccessReviewLine.Decisions))] string Decision);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/organisations/{party:guid}/reviews/{review:guid}/lines/{line:guid}", Handle).WithName(nameof(DecideLine)).RequireRoles(Managing.By).RequireFreshSignIn(ofPeopleAlone: true);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid party, Guid review, Guid line, Request request, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();
        var found = await db.Reviews.Include(r => r.Lines).SingleOrDefaultAsync(r => r.Id == review && r.PartyId == party, stop);
        if (found?.Lines.SingleOrDefault(l => l.Id == line) is not { } about) return TypedResults.NotFound();

        var me = caller.MustBeAPerson();
        found.MustBeOpen();
        if (about.PersonId == me && await Members.HasAnotherOwner(db, party, me, now, stop))
            throw new BrokenRuleException("not-about-yourself", "Another owner decides about your own access.");
        about.Decide(request.Decision, caller.Subject, now);
        await db.SaveChangesAsync(stop);
        if (request.Decision == AccessReviewLine.End) await End(about, caller, db, now, stop);

        var open = await db.Memberships.Open(now).Where(m => m.PartyId == party).Select(m => m.Id).ToListAsync(stop);
        found.CloseWhenDecided(open.ToHashSet(), now);
        await db.SaveChangesAsync(stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static async Task End(AccessReviewLine line, Caller caller, IdentityDb db, DateTime now, CancellationToken stop)
    {
        // As its owner would end it: the row stays as a record.
        if (line.ClientId is not null) (await db.Machines.SingleOrDefaultAsync(m => m.ClientId == line.ClientId, stop))?.End(now);
        else await Departure.End(caller, await db.Memberships.Where(m => m.Id == line.MembershipId).ToListAsync(stop), db, now, stop);
    }
}
