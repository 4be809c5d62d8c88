using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>POST /dead-letters/again: one after the other is heard again, those that failed longest ago first, as many as a few seconds allow. Administrator.</summary>
internal static class SendDeadLettersAgain
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);
    private const int Together = 50;

    /// <remarks>Handled: or something newer had been heard. NotHandled: each says its reason in the list. Left: not tried this time; ask again.</remarks>
    public sealed record Response(int Handled, int NotHandled, int Left);

    public static void Map(RouteGroupBuilder group, string service) =>
        group.MapPost("/again", Handle).WithName($"{service}{nameof(SendDeadLettersAgain)}").RequireRoles(Roles.Administrator);

    private static async Task<Ok<Response>> Handle(DatabaseAsked own, Caller caller, HearLetterAgain hearing, TimeProvider time, CancellationToken stop)
    {
        var (began, asked) = (time.GetTimestamp(), time.GetUtcNow().UtcDateTime);
        // One that fails again has failed since, and is not looked at twice; of one that is too long for any consumer only the beginning is kept.
        var open = own.Db.DeadLetters.AsNoTracking().Where(d => d.ClosedAt == null && d.FailedAt < asked).Where(DeadLetter.IsWhole);
        var (handled, notHandled) = (0, 0);
        List<DeadLetter> some;
        do
        {
            some = await open.OrderBy(d => d.FailedAt).ThenBy(d => d.Id).Take(Together).ToListAsync(stop);
            foreach (var letter in some)
            {
                if (time.GetElapsedTime(began) > Within) return TypedResults.Ok(new Response(handled, notHandled, await open.CountAsync(stop)));

                var (outcome, reason) = await hearing.Hear(letter, own.Db, caller.Subject, stop);
                if (reason is not null) notHandled++;
                // What somebody else set aside in this very moment is neither.
                else if (outcome != Outcomes.SetAside) handled++;
            }
        }
        while (some.Count == Together);
        return TypedResults.Ok(new Response(handled, notHandled, Left: 0));
    }
}
