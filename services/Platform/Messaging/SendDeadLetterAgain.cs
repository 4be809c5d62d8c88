using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>POST /dead-letters/{id}/again: the message is heard again, by the consumer that could not handle it and by no other. Twice is once. Administrator.</summary>
internal static class SendDeadLetterAgain
{
    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapPost("/{id:guid}/again", Handle).WithName($"{service}{nameof(SendDeadLetterAgain)}").RequireRoles(Roles.Administrator);

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid id, DatabaseAsked own, Caller caller, HearLetterAgain hearing, CancellationToken stop)
    {
        if (await own.Db.DeadLetters.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, stop) is not { } letter) return TypedResults.NotFound();
        if (letter.Outcome == Outcomes.SetAside) throw SetAside();
        if (letter.ClosedAt is not null) return TypedResults.NoContent();
        if (letter.IsCut) throw new BrokenRuleException("only-its-beginning-is-kept", "It was too long to be kept, so it cannot be sent again. Find out who sent it, have its sender tell everything again, and set it aside.");

        var (outcome, reason) = await hearing.Hear(letter, own.Db, caller.Subject, stop);
        if (reason is not null)
            throw new BrokenRuleException("still-not-handled", $"It could not be handled this time either: {reason} Mend the cause and send it again, or set it aside.");
        if (outcome == Outcomes.SetAside) throw SetAside();
        return TypedResults.NoContent();
    }

    private static BrokenRuleException SetAside() => new("closed-already", "Somebody has set it aside, so it was not handled. Read the list again.");
}
