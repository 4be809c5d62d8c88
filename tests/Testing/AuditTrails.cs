using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>What tests ask of every service's audit trail.</summary>
public static class AuditTrails
{
    /// <summary>One entry as it lies in the database.</summary>
    public sealed record Written(Guid Id, DateTime At, string Who, string What, string About, string? Session, string Outcome, Guid Party);

    public static async Task<IReadOnlyList<Written>> Of<TDb>(IServiceProvider services)
        where TDb : ServiceDb
    {
        ArgumentNullException.ThrowIfNull(services);
        await using var scope = services.CreateAsyncScope();
        return await In(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    /// <summary>Of every organisation, the oldest first.</summary>
    public static async Task<IReadOnlyList<Written>> In(ServiceDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Set<AuditEntry>().IgnoreQueryFilters().AsNoTracking().OrderBy(e => e.At).ThenBy(e => e.Id)
            .Select(e => new Written(e.Id, e.At, e.Who, e.What, e.About, e.Session, e.Outcome, e.Party)).ToListAsync();
    }

    /// <summary>What the service's own account could do to a trail besides adding to it; empty when the database refuses all of it.</summary>
    public static async Task<IReadOnlyList<string>> NotRefused(ServiceDb db, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        db.Audit("TryIt", Guid.CreateVersion7());
        await db.SaveChangesAsync(stop);
        var (entry, head) = (await db.Set<AuditEntry>().AsNoTracking().FirstAsync(e => e.What == "TryIt", stop), AuditHead.Before(db.AuditName, Guid.CreateVersion7()));
        head.Take(entry);
        db.Add(head);
        await db.SaveChangesAsync(stop);
        List<FormattableString> tried =
        [
            $"""UPDATE "AuditTrail" SET "Who" = 'nobody' WHERE "Id" = {entry.Id}""",
            $"""UPDATE "AuditTrail" SET "Sequence" = 1000000 WHERE "Id" = {entry.Id}""",
            $"""DELETE FROM "AuditTrail" WHERE "Id" = {entry.Id}""",
            $"""UPDATE "AuditTrail" SET "Outcome" = 'no', "Sequence" = 1000000, "Previous" = {entry.Hash}, "Hash" = {entry.Hash} WHERE "Id" = {entry.Id}""",
            $"""
            INSERT INTO "AuditTrail" ("Id", "At", "Epoch", "Who", "Party", "What", "About", "Outcome", "Sequence", "Previous", "Hash")
            SELECT {Guid.CreateVersion7()}, "At", "Epoch", "Who", "Party", "What", "About", "Outcome", 1000000, {entry.Hash}, {entry.Hash} FROM "AuditTrail" WHERE "Id" = {entry.Id}
            """,
            $"""UPDATE "AuditHeads" SET "Sequence" = 0 WHERE "Party" = {head.Party}""",
            $"""DELETE FROM "AuditHeads" WHERE "Party" = {head.Party}""",
        ];
        if (db.Database.IsNpgsql()) tried.AddRange([$"""TRUNCATE "AuditTrail" """, $"""TRUNCATE "AuditHeads" """]);
        var went = new List<string>();
        foreach (var statement in tried) if (!await IsRefused(db, statement, stop)) went.Add(statement.Format);
        // What is meant to go: its place, once.
        if (await IsRefused(db, $"""UPDATE "AuditTrail" SET "Sequence" = 1000000, "Previous" = {entry.Hash}, "Hash" = {entry.Hash} WHERE "Id" = {entry.Id}""", stop)
            && await db.Set<AuditEntry>().AnyAsync(e => e.Id == entry.Id && e.Sequence == null, stop)) went.Add("and an entry cannot be sealed");
        foreach (var statement in tried.Take(3)) if (!await IsRefused(db, statement, stop)) went.Add($"once sealed: {statement.Format}");
        return went;
    }

    /// <summary>Two such services in one process have different accounts and the same rule.</summary>
    public static async Task<IReadOnlyList<string>> NotRefused<TDb>(IServiceProvider services, CancellationToken stop)
        where TDb : ServiceDb
    {
        ArgumentNullException.ThrowIfNull(services);
        await using var scope = services.CreateAsyncScope();
        return await NotRefused(scope.ServiceProvider.GetRequiredService<TDb>(), stop);
    }

    /// <summary>What PostgreSQL shows, with the service's own account, to those who should not see it; empty when its policies hold.</summary>
    public static async Task<IReadOnlyList<string>> SeenByOthers(string database, CancellationToken stop)
    {
        await using var connection = await RowPolicies.Open(database, stop);
        var wrong = new List<string>();
        foreach (var table in new[] { "AuditTrail", "AuditHeads" })
        {
            var all = $"SELECT count(*) FROM \"{table}\"";
            if (await RowPolicies.Count(connection, all, null, everything: true, stop) == 0) wrong.Add($"{table} is empty");
            if (await RowPolicies.Count(connection, all, null, stop: stop) != 0) wrong.Add($"{table} is read by nobody in particular");
            if (await RowPolicies.Count(connection, all, Guid.CreateVersion7(), stop: stop) != 0) wrong.Add($"{table} is read by another organisation");
        }
        return wrong;
    }

    private static async Task<bool> IsRefused(ServiceDb db, FormattableString statement, CancellationToken stop)
    {
        try
        {
            await db.Database.ExecuteSqlAsync(statement, stop);
            return false;
        }
        catch (DbException refused) when (refused is SqliteException { SqliteErrorCode: 19 } or PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege })
        {
            return true;
        }
    }
}
