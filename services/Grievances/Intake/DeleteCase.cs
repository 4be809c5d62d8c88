using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/deletion: the worker deletes her case. At once here, and unreadable in every backup. Anybody with the receipt.</summary>
internal static class DeleteCase
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/deletion", Handle).WithName(nameof(DeleteCase)).AllowAnonymous();

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, Mailboxes mailboxes, ErasureKeys erasure, GrievancesDb db, CancellationToken stop) => mailboxes.With(request.Receipt, async box =>
    {
        // While it can still be opened.
        await mailboxes.Uncount(box, stop);
        // From here on nobody can read it, even if what follows fails: the rows go at the next start.
        await erasure.Erase(box.Case.ErasureKeyId, stop);
        await db.Database.OpenConnectionAsync(stop);
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete=ON", stop);
        db.Remove(box.Case);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }, stop);
}
