using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Clients;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Reviews;

/// <summary>GET /api/v1/identity/organisations/{party}/reviews/{review}: one review of access, every line. Owners of it and administrators.</summary>
internal static class GetReview
{
    public sealed record Response(Guid Id, DateOnly OpenedOn, DateOnly DueOn, DateTime? ClosedAt, IReadOnlyList<Line> Lines);

    /// <remarks>Who: an e-mail address, or the id of a program. Decision: keep, end, ended_before, or null. DecidedBy: an e-mail address. MayDecide: whoever asks this now. MakerHasLeft: a program, and who made it does not belong to the organisation any more.</remarks>
    public sealed record Line(Guid Id, string Who, bool IsProgram, string Role, string? Decision, string DecidedBy, DateTime? DecidedAt, bool MayDecide, bool MakerHasLeft);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/organisations/{party:guid}/reviews/{review:guid}", Handle).WithName(nameof(GetReview)).RequireRoles(Managing.By);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Guid party, Guid review, Caller caller, IdentityDb db, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await caller.Manages(party, db, now, stop) && await Read(party, review, caller, db, clock, now, stop) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();
    }

    public static async Task<Response?> Read(Guid party, Guid review, Caller caller, IdentityDb db, BusinessClock clock, DateTime now, CancellationToken stop)
    {
        var found = await db.Reviews.AsNoTracking().Include(r => r.Lines.OrderBy(l => l.Id)).SingleOrDefaultAsync(r => r.Id == review && r.PartyId == party, stop);
        if (found is null) return null;

        var people = found.Lines.Select(l => l.PersonId).OfType<Guid>().Concat(found.Lines.Select(l => Guid.TryParse(l.DecidedBy, out var by) ? by : Guid.Empty)).Distinct().ToList();
        var emails = await db.People.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Email!, stop);
        string NameOf(string subject) => Guid.TryParse(subject, out var person) ? emails.GetValueOrDefault(person, "") : subject;
        var (me, hasAnother) = (caller.PersonId(), caller.PersonId() is { } id && await Members.HasAnotherOwner(db, party, id, now, stop));
        var clients = found.Lines.Select(l => l.ClientId).OfType<string>().ToList();
        var programs = await db.Machines.Where(m => clients.Contains(m.ClientId) && m.CreatedAt != null).Select(m => new LeftBehind.Program(m.ClientId, m.PartyId, m.Name, m.CreatedBy)).ToListAsync(stop);
        var left = await LeftBehind.Among(db, programs, now, stop);
        return new(found.Id, clock.DayOf(found.OpenedAt), clock.DayOf(found.DueAt), found.ClosedAt, [.. found.Lines.Select(l => new Line(
            l.Id, l.ClientId ?? NameOf(l.PersonId.ToString()!), l.ClientId is not null, l.Role, l.Decision, NameOf(l.DecidedBy), l.DecidedAt,
            me is not null && found.ClosedAt is null && l.Decision is null or AccessReviewLine.Keep && !(l.PersonId == me && hasAnother), l.ClientId is not null && left.Contains(l.ClientId)))]);
    }
}
