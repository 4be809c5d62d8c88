using System.Text.Json;
using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/withdrawal: the worker's case is counted no more, as long as it has not been released. Anybody with the receipt.</summary>
internal static class WithdrawContribution
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/withdrawal", Handle).WithName(nameof(WithdrawContribution)).AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, ReceiptKeys receipts, KeyedHashes hashes, GrievancesDb db, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return OpenMailbox.Mistyped();

        var key = receipts.Of(digits);
        var found = await OpenMailbox.Find(db, key, stop);
        if (found is null) return OpenMailbox.Unknown();

        // Her receipt opens her copy of the case key, and that the token: in this request's memory, nowhere else.
        var caseKey = Hpke.Open(key.PrivateKey, Sealing.CaseKeyInfo, Sealing.Of(found.Id), found.Keys.Single(k => k.ReaderId is null).Sealed);
        var first = found.Messages.Single(m => m.Position == 0);
        var told = JsonSerializer.Deserialize<Told>(Hpke.Open(caseKey, Sealing.MessageInfo, Sealing.Of(found.Id), first.SealedForCase), Sealing.Json)!;
        if (told.ContributionToken is { } token)
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
