using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/deletion: the worker deletes her case. At once here, and unreadable in every backup. Anybody with the receipt.</summary>
internal static class DeleteCase
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/deletion", Handle).WithName(nameof(DeleteCase)).AllowAnonymous();

    private static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, ReceiptKeys receipts, KeyedHashes hashes, ErasureKeys erasure, GrievancesDb db, CancellationToken stop)
    {
        if (Receipt.Read(request.Receipt) is not { } digits) return OpenMailbox.Mistyped();

        var key = receipts.Of(digits);
        if (await OpenMailbox.Find(db, erasure, key, stop) is not var (found, wrapping)) return OpenMailbox.Unknown();

        // While it can still be opened: what hangs on its token counts no more.
        if (OpenMailbox.TokenIn(found, wrapping, key) is { } token)
        {
            var hash = hashes.OfTokenInContribution(token);
            await db.Contributions.Where(c => c.TokenHash == hash).ExecuteDeleteAsync(stop);
        }
        // From here on nobody can read it, even if what follows fails: the rows go at the next start.
        await erasure.Erase(found.ErasureKeyId, stop);
        await db.Database.OpenConnectionAsync(stop);
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete=ON", stop);
        db.Remove(found);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
