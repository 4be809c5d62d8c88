using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/withdrawal: the worker's case is counted no more, as long as it has not been released. Anybody with the receipt.</summary>
internal static class WithdrawContribution
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/withdrawal", Handle).WithName(nameof(WithdrawContribution)).AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, ReceiptKeys receipts, KeyedHashes hashes, ErasureKeys erasure, GrievancesDb db, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return OpenMailbox.Mistyped();

        var key = receipts.Of(digits);
        if (await OpenMailbox.Find(db, erasure, key, stop) is not var (found, wrapping)) return OpenMailbox.Unknown();

        if (OpenMailbox.TokenIn(found, wrapping, key) is { } token)
        {
            var hash = hashes.OfTokenInContribution(token);
            await db.Contributions.Where(c => c.TokenHash == hash).ExecuteDeleteAsync(stop);
            // And none can be made later.
            found.SpendToken(hashes.OfTokenInCase(RandomId.New().ToString()));
            await db.SaveChangesAsync(stop);
        }
        return TypedResults.NoContent();
    }
}
