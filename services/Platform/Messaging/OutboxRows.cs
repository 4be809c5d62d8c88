using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Rows of an outbox: leased and read in one statement, those that another replica is just claiming left out.</summary>
internal static class OutboxRows
{
    /// <summary>What a killed process had claimed is another's after it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>A publish whose connection dies while it awaits its confirm never completes by itself (docs/adr/0016).</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    /// <summary>One after the other, so long after its claim a row may still be sent: its deadline, and a second to write down that it went, are within the lease.</summary>
    public static readonly TimeSpan MayBegin = Lease - Deadline - TimeSpan.FromSeconds(1);

    /// <summary>Could not be sent when last tried. Whoever sends one for the first time right now, or keeps it until it was heard, has not failed to.</summary>
    public static readonly Expression<Func<OutboxMessage, bool>> HasFailed = m => !m.Sent && (m.Attempts > 1 || (m.Attempts == 1 && m.LeaseOwner == null));

    /// <summary>The contract that a row names; null when this release has none of that name.</summary>
    public static Type? TypeOf(string name) => typeof(Contracts.Suppliers.PartyChanged).Assembly.GetType(name);

    /// <summary>What the service of this name publishes.</summary>
    public static IEnumerable<Type> EventsOf(string service) => typeof(Contracts.Suppliers.PartyChanged).Assembly.GetExportedTypes()
        .Where(t => t.GetProperty(nameof(Contracts.Suppliers.PartyChanged.Epoch)) is not null && string.Equals(t.Namespace, $"Recruitment.Contracts.{service}", StringComparison.OrdinalIgnoreCase));

    /// <summary>At most so many that are due, the longest due first.</summary>
    public static async Task<List<OutboxMessage>> Claim(ServiceDb db, bool bulk, int most, Guid owner, TimeSpan lease, DateTime now, CancellationToken stop)
    {
        if (most <= 0) return [];
        // Even one that changes nothing would take the one write lock of a SQLite file.
        if (db.Database.IsSqlite() && !await db.Outbox.AnyAsync(m => m.Bulk == bulk && m.NotBefore <= now && (m.LeaseOwner == null || m.LeaseUntil < now), stop)) return [];

        // As an array the choice is made once: as a list the planner may make it again for each row, and lock more than was asked for.
        var (these, passing, end) = db.Database.IsSqlite() ? ("IN (", "", ")") : ("= ANY (ARRAY(", "FOR UPDATE SKIP LOCKED", "))");
        var sql =
            $$"""
            UPDATE "Outbox" SET "LeaseOwner" = {0}, "LeaseUntil" = {1}, "Attempts" = "Attempts" + 1 WHERE "Id" {{these}}
                SELECT "Id" FROM "Outbox" WHERE "Bulk" = {2} AND "NotBefore" <= {3} AND ("LeaseOwner" IS NULL OR "LeaseUntil" < {3})
                ORDER BY "NotBefore" LIMIT {4} {{passing}}{{end}} RETURNING *
            """;
        return await db.Outbox.FromSqlRaw(sql, owner, now + lease, bulk, now, most).AsNoTracking().ToListAsync(stop);
    }
}
