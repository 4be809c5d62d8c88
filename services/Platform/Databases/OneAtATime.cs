using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>One at a time, where two that look and then write would each write as if alone.</summary>
public static class OneAtATime
{
    /// <summary>Waits until nobody else, in no replica, is at this, and keeps others waiting until the end of this transaction. What is read afterwards is what they left.</summary>
    public static async Task Wait(ServiceDb db, string what, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("It lasts as long as a transaction, and there is none.");
        // The one writer of a SQLite file has been waited for when the transaction began.
        if (db.Database.IsSqlite()) return;
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({what}, 0))", stop);
    }
}
