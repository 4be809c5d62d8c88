namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/lock: "someone else has my code" closes the mailbox to every holder of it, at once. Anybody with the receipt.</summary>
internal static class LockMailbox
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/lock", Handle).WithName(nameof(LockMailbox)).AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, ReceiptKeys receipts, GrievancesDb db, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return OpenMailbox.Mistyped();

        var found = await OpenMailbox.Find(db, receipts.Of(digits), stop);
        if (found is null) return OpenMailbox.Unknown();

        found.Lock();
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
