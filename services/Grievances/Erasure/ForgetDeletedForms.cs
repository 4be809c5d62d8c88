namespace Recruitment.Grievances.Erasure;

/// <summary>Forgets that a form's report was deleted when no page of that form lasts any more: that somebody deleted something is nobody's business either.</summary>
/// <remarks>Once a day, and not when a worker comes, who may be long in coming. One row for all of them: a row for each would say when one was deleted.</remarks>
internal sealed class ForgetDeletedForms(GrievancesDb db, BusinessClock clock) : IDueWork
{
    public const string Kind = "forget-deleted-forms";

    public async Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        var today = clock.Today;
        await db.DeletedForms.Where(d => d.LastDay < today).ExecuteDeleteAsync(stop);
        return clock.NextDay;
    }
}
