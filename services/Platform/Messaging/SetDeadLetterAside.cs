using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>POST /dead-letters/{id}/aside: the message need not be handled, and why; with <c>alike</c> every open one that the same consumer put down for the same reason, if they are as many and the reason is the one that was read. They are kept with both. Administrator.</summary>
internal static class SetDeadLetterAside
{
    private const int Shortest = 3;
    private const int Longest = 500;

    /// <remarks>Why: 3 to 500 characters. Alike and Reason: as they were read of it in the list; null for this one alone.</remarks>
    public sealed record Request(string? Why, int? Alike, string? Reason);

    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapPost("/{id:guid}/aside", Handle).WithName($"{service}{nameof(SetDeadLetterAside)}").RequireRoles(Roles.Administrator);

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(Guid id, Request request, DatabaseAsked own, Caller caller, TimeProvider time, CancellationToken stop)
    {
        // By hand: what is declared about a body is only checked of endpoints in a service's own project (docs/adr/0016).
        if (request.Why?.Trim().Length is null or < Shortest or > Longest)
            return Problems.Bad("no-reason", $"Say in {Shortest} to {Longest} characters why it need not be handled.");

        var (now, why, by) = (time.GetUtcNow().UtcDateTime, request.Why!.Trim(), caller.Subject);
        var these = own.Db.DeadLetters.Where(d => d.Id == id && d.ClosedAt == null);
        if (request.Alike is not null)
        {
            var reason = request.Reason;
            these = own.Db.DeadLetters.Where(d => d.ClosedAt == null && d.Reason == reason
                && own.Db.DeadLetters.Any(one => one.Id == id && one.ClosedAt == null && one.Consumer == d.Consumer && one.Reason == reason));
        }
        var closed = await own.Db.WithItsEntry(async () =>
        {
            var isOpen = await own.Db.DeadLetters.AnyAsync(d => d.Id == id && d.ClosedAt == null, stop);
            var set = await these.ExecuteUpdateAsync(set => set
                .SetProperty(d => d.ClosedAt, now).SetProperty(d => d.Outcome, Outcomes.SetAside).SetProperty(d => d.Why, why).SetProperty(d => d.ClosedBy, by), stop);
            // Sent again meanwhile it may have failed for another reason, and with it others that nobody has judged. Thrown before the commit: then none is closed.
            return !isOpen || request.Alike is null || set == request.Alike ? set
                : throw new BrokenRuleException("others-meanwhile", "Meanwhile others failed like it, or it failed in another way. Read the list again.");
        }, stop);
        if (closed > 0) return TypedResults.NoContent();

        var known = await own.Db.DeadLetters.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, stop);
        if (known is null) return TypedResults.NotFound();
        return known.Outcome == Outcomes.SetAside && known.Why == why
            ? TypedResults.NoContent()
            : throw new BrokenRuleException("closed-already", "Somebody sent it again or set it aside meanwhile. Read the list again.");
    }
}
