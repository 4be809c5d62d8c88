using Microsoft.EntityFrameworkCore;

namespace Recruitment.Suppliers.Parties;

/// <summary>One row per name under which an organisation was looked for and not found, held by whoever may register it until that is committed or given up.</summary>
/// <remarks>Rows and not <c>OneAtATime</c>: a list brings a thousand names at once, and the server's table of locks has room for fewer.</remarks>
internal sealed class NameTurn
{
    /// <summary>As <see cref="Party.Key"/>.</summary>
    public required Guid Key { get; init; }
    public long Taken { get; init; }
}

internal static class NameTurns
{
    /// <summary>Waits until nobody else is registering one of these names, until the end of this transaction. Whoever has them looks again, for another may have been first.</summary>
    public static async Task TakeTurns(this SuppliersDb db, IEnumerable<Guid> names, CancellationToken stop)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A turn is held until the end of a transaction, and there is none.");
        // Whoever has begun a transaction there is the only one who writes.
        if (db.Database.IsSqlite()) return;

        // In one statement, for a list brings a thousand at once; always in the same order, so that two lists never wait for each other.
        var keys = names.Distinct().ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "NameTurns" ("Key", "Taken") SELECT k, 1 FROM unnest({keys}) AS k ORDER BY k
            ON CONFLICT ("Key") DO UPDATE SET "Taken" = "NameTurns"."Taken" + 1
            """, stop);
    }
}
