using Recruitment.Grievances.Cases;

namespace Recruitment.Grievances.Readers;

/// <summary>The one road to a case: a copy of its key, and no tie to the accused. Compared again at every request.</summary>
internal static class ReaderAccess
{
    public static async Task<(Reader Reader, Grievance Grievance)?> Open(this GrievancesDb db, Guid grievance, Caller caller, CancellationToken stop) =>
        await db.Held(grievance, caller, stop) is var (reader, held) && held.MayRead(reader) ? (reader, held) : null;

    /// <summary>For the keys alone: also whoever may not see the case any more, when nobody else could ever open it.</summary>
    public static async Task<(Reader Reader, Grievance Grievance)?> OpenKeys(
        this GrievancesDb db, Guid grievance, Caller caller, IReadOnlyCollection<Reader> readers, CancellationToken stop) =>
        await db.Held(grievance, caller, stop) is var (reader, held) && (held.MayRead(reader) || held.MayPassOn(reader, readers)) ? (reader, held) : null;

    public static Task<Reader?> ReaderOf(this GrievancesDb db, Caller caller, CancellationToken stop) =>
        caller.Kind == PartyKinds.Operator ? db.Readers.SingleOrDefaultAsync(r => r.Subject == caller.Subject, stop) : Task.FromResult<Reader?>(null);

    private static async Task<(Reader Reader, Grievance Grievance)?> Held(this GrievancesDb db, Guid grievance, Caller caller, CancellationToken stop)
    {
        if (await db.ReaderOf(caller, stop) is not { } reader) return null;

        var found = await db.Grievances.Include(g => g.Keys).Include(g => g.Messages).AsSplitQuery()
            .SingleOrDefaultAsync(g => g.Id == grievance && g.Keys.Any(k => k.ReaderId == reader.Id), stop);
        return found is null ? null : (reader, found);
    }
}
