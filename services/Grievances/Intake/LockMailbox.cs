namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/lock: "someone else has my code" closes the mailbox to every holder of it, at once. Anybody with the receipt.</summary>
internal static class LockMailbox
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/lock", Handle).WithName(nameof(LockMailbox)).AllowAnonymous();

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, Mailboxes mailboxes, GrievancesDb db, CancellationToken stop) => mailboxes.With(request.Receipt, async box =>
    {
        box.Case.Lock();
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }, stop);
}
