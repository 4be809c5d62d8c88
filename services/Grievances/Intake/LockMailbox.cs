namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/lock: "someone else has my code" closes the mailbox to every holder of it, at once. Anybody with the receipt.</summary>
internal static class LockMailbox
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/lock", Handle).WithName(nameof(LockMailbox)).AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, ReceiptKeys receipts, Erasure.ErasureKeys erasure, GrievancesDb db, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return OpenMailbox.Mistyped();

        if (await OpenMailbox.Find(db, erasure, receipts.Of(digits), stop) is not var (found, _)) return OpenMailbox.Unknown();

        found.Lock();
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
