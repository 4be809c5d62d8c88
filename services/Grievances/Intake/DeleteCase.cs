using Recruitment.Grievances.Erasure;

namespace Recruitment.Grievances.Intake;

/// <summary>POST /api/v1/grievances/mailbox/deletion: the worker deletes her case. At once here, and unreadable in every backup. Anybody with the receipt.</summary>
internal static class DeleteCase
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/mailbox/deletion", Handle).WithName(nameof(DeleteCase)).AllowAnonymous();

    private static Task<Results<NoContent, ProblemHttpResult>> Handle(
        OpenMailbox.Request request, Mailboxes mailboxes, ErasureKeys erasure, ErasureList list, GrievancesDb db, BusinessClock clock, CancellationToken stop) => mailboxes.With(request.Receipt, async box =>
    {
        list.MustTakeMore();
        await db.Database.OpenConnectionAsync(stop);
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete=ON", stop);
        // All in one transaction, and what it counted while its token can still be opened: whoever confirms it at this moment either comes first
        // and is taken back, or finds no case. Nothing is counted of a case that nobody can open any more.
        await mailboxes.Uncount(box, stop);
        db.Remove(box.Case);
        db.Add(new DueErasure { ErasureKeyId = box.Case.ErasureKeyId });
        if (box.Told().FormId is { } form && box.Key.LookupIdOf(form) is var sent && !await db.DeletedForms.AnyAsync(d => d.LookupId == sent, stop))
            db.Add(DeletedForm.Of(sent, clock.Today));
        await db.SaveChangesAsync(stop);
        // Whatever cuts this off, the next deletion or the next start ends it.
        await erasure.EraseWhatIsDue(CancellationToken.None);
        return TypedResults.NoContent();
    }, stop);
}
