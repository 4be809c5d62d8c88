using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Forgets handled messages and closed dead letters once a day, so that neither table grows for ever.</summary>
/// <remarks>
/// Since 2026-11 after 30 days: a broker delivers again what was not confirmed when a process stopped, and none stays stopped that long unnoticed. Should
/// one come even later, it is no newer than what was heard of its subject, and is dropped for that.
/// Since 2026-11 a closed dead letter is kept for a year: who looks into what went wrong, and who closed it, does so at a yearly review at the latest. An open
/// one is kept until somebody closes it.
/// </remarks>
internal sealed class PruneInbox<TDb>(TDb db, TimeProvider time) : IDueWork, IActsFirst
    where TDb : ServiceDb
{
    public const string Kind = "prune-inbox";

    /// <summary>Few enough that nobody waits long for the one writer of a SQLite file.</summary>
    private const int Batch = 5_000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly TimeSpan ClosedKept = TimeSpan.FromDays(365);

    public async Task Act(string subject, CancellationToken stop)
    {
        var tooOld = time.GetUtcNow().UtcDateTime - Kept;
        // Looked for first: reading keeps no writer waiting, and on most days there is nothing to delete.
        while (await db.Inbox.AnyAsync(m => m.HandledAt < tooOld, stop))
            await db.Inbox.Where(m => m.HandledAt < tooOld).OrderBy(m => m.MessageId).ThenBy(m => m.Consumer).Take(Batch).ExecuteDeleteAsync(stop);
        var closedTooLongAgo = time.GetUtcNow().UtcDateTime - ClosedKept;
        while (await db.DeadLetters.AnyAsync(d => d.ClosedAt < closedTooLongAgo, stop))
            await db.DeadLetters.Where(d => d.ClosedAt < closedTooLongAgo).OrderBy(d => d.Id).Take(Batch).ExecuteDeleteAsync(stop);
    }

    public Task<DateTime?> Do(string subject, CancellationToken stop) => Task.FromResult<DateTime?>(time.GetUtcNow().UtcDateTime.AddDays(1));
}
