using System.Security.Cryptography;
using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/lock: "someone else has my code" closes the mailbox to every holder of it, at once. Anybody with the receipt.</summary>
/// <remarks>
/// The code is then as one that was never used, for filing too: was it only refused, whoever has it would read there that she told something, and
/// noticed him. Her own form alone still finds what it sent, so that a page loaded again makes no second case.
/// </remarks>
internal static class LockMailbox
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/lock", Handle).WithName(nameof(LockMailbox)).AllowAnonymous();

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, Mailboxes mailboxes, GrievancesDb db, ErasureList list, CancellationToken stop) => mailboxes.With(request.Receipt, async box =>
    {
        box.Case.Lock(await Aside(box, db, stop));
        // Listed before it is saved: cut off in between, it is locked at the next start, as she asked.
        await list.AddLock(box.Case.Id, box.Case.LookupId, stop);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }, stop);

    /// <summary>Random for a case of which no form is known, and when the same form, sent twice at this very moment, stands there already.</summary>
    private static async Task<string> Aside(Mailbox box, GrievancesDb db, CancellationToken stop)
    {
        var ofForm = box.Told().FormId is { } form ? box.Key.LookupIdOf(form) : null;
        return ofForm is null || await db.Grievances.AnyAsync(g => g.LookupId == ofForm, stop) ? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) : ofForm;
    }
}
