using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/withdrawal: the worker's case is counted no more, as long as it has not been released. Anybody with the receipt.</summary>
internal static class WithdrawContribution
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/withdrawal", Handle).WithName(nameof(WithdrawContribution)).AllowAnonymous();

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, Mailboxes mailboxes, KeyedHashes hashes, ErasureKeys erasure, ErasureList list, GrievancesDb db, CancellationToken stop) => mailboxes.With(request.Receipt, async box =>
    {
        list.MustTakeMore();
        if (await mailboxes.Uncount(box, stop))
        {
            // And none can be made later.
            box.Case.SpendToken(hashes.OfTokenInCase(RandomId.New().ToString()));
            await db.SaveChangesAsync(stop);
            await erasure.EraseWhatIsDue(CancellationToken.None);
        }
        return TypedResults.NoContent();
    }, stop);
}
