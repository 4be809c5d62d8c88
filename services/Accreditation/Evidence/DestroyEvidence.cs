using Microsoft.EntityFrameworkCore;
using Recruitment.Accreditation.Applications;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Evidence;

/// <summary>Destroys the bytes of every file whose day has come. What it was, its hash and when it was destroyed stay.</summary>
internal sealed class DestroyEvidence(AccreditationDb db, TimeLimits limits, BusinessClock clock)
{
    /// <summary>How many were destroyed.</summary>
    public async Task<int> DoWhatIsDue(CancellationToken stop)
    {
        var today = limits.TodayOf(clock);
        await SetMissingDays(today, stop);
        var due = await db.Evidence.Where(e => e.DestroyedAt == null && e.DestroyOn <= today).Select(e => e.Id).ToListAsync(stop);
        if (due.Count == 0) return 0;

        await db.Database.OpenConnectionAsync(stop);
        // A deleted page would stay in the file until something else is written over it.
        if (db.Database.IsSqlite()) await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete=ON", stop);
        foreach (var id in due)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            // Compared again in the statement: two replicas may come at once, and a decision may just have moved the day.
            var now = clock.Now;
            var taken = await db.Evidence.Where(e => e.Id == id && e.DestroyedAt == null && e.DestroyOn <= today)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.DestroyedAt, now).SetProperty(e => e.WrappedKey, Array.Empty<byte>()), stop);
            if (taken == 1) await db.EvidenceChunks.Where(c => c.EvidenceId == id).ExecuteDeleteAsync(stop);
            await transaction.CommitAsync(stop);
        }
        return due.Count;
    }

    /// <summary>Files of a release that knew no such day are kept from today as long as a new one would be.</summary>
    private async Task SetMissingDays(DateOnly today, CancellationToken stop)
    {
        var (decided, undecided) = (limits.DecidedEvidence(today), limits.UndecidedEvidence(today));
        await db.Evidence.Where(e => e.DestroyOn == null && db.Applications.Any(a => a.Id == e.ApplicationId && (a.DecidedOn != null || a.State == State.Rejected)))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.DestroyOn, decided), stop);
        await db.Evidence.Where(e => e.DestroyOn == null).ExecuteUpdateAsync(set => set.SetProperty(e => e.DestroyOn, undecided), stop);
    }
}

/// <summary>Once a day by the business clock, which the demonstration can move; its row in the database says when.</summary>
internal sealed partial class DestroyEvidenceWhenDue(DestroyEvidence destroy, TimeLimits limits, BusinessClock clock, ILogger<DestroyEvidenceWhenDue> log) : IDueWork, IActsFirst
{
    public const string Kind = "destroy-evidence";
    private DateTime next;

    /// <summary>A transaction for each file, so that nobody waits while many are destroyed. Again after a crash it finds what is left.</summary>
    public async Task Act(string subject, CancellationToken stop)
    {
        // Before it looks: a day that begins meanwhile has its own turn.
        next = limits.Calendar.EndOf(limits.TodayOf(clock));
        if (await destroy.DoWhatIsDue(stop) is > 0 and var count) Destroyed(log, count);
    }

    public Task<DateTime?> Do(string subject, CancellationToken stop) => Task.FromResult<DateTime?>(next);

    [LoggerMessage(Level = LogLevel.Information, Message = "The day of {Count} evidence files had come; their content is destroyed.")]
    private static partial void Destroyed(ILogger log, int count);
}
