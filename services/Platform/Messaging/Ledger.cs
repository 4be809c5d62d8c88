using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>What a consumer has handled and heard, written for many messages in one statement each: a statement for each message was most of what the inbox cost.</summary>
/// <remarks>
/// PostgreSQL takes them as arrays: one text for every size of batch, and a handful of parameters.
/// Rows are written in the order of their keys, so that two replicas with the same messages wait for each other and never across.
/// </remarks>
internal static class Ledger
{
    /// <summary>Marks them as handled and says which were not yet. On PostgreSQL a concurrent duplicate waits here for the first; on SQLite the transaction already excludes other writers.</summary>
    public static async Task<HashSet<Guid>> Mark(ServiceDb db, string consumer, IEnumerable<Guid> messages, DateTime now, CancellationToken stop)
    {
        var ids = messages.Distinct().Order().ToArray();
        var marked = db.Database.IsSqlite()
            ? db.Database.SqlQueryRaw<Guid>(Marking($"VALUES {string.Join(", ", ids.Select((_, i) => $"({{{i + 2}}}, {{0}}, {{1}})"))}"), [consumer, now, .. ids.Cast<object>()])
            : db.Database.SqlQueryRaw<Guid>(Marking("SELECT id, {0}, {1} FROM unnest({2}) AS id"), consumer, now, ids);
        return [.. await marked.ToListAsync(stop)];
    }

    /// <summary>Notes these states, one for each subject, and says of which subjects nothing newer had been heard.</summary>
    /// <remarks>Made first and then compared under the row's lock, so that two replicas cannot both think they are newest.</remarks>
    public static async Task<HashSet<Guid>> Hear(ServiceDb db, string consumer, IEnumerable<StateOf> states, CancellationToken stop)
    {
        var ordered = states.OrderBy(s => s.Subject).ToList();
        var newer = db.Database.IsSqlite()
            ? db.Database.SqlQueryRaw<Guid>(Hearing($"VALUES {string.Join(", ", ordered.Select((_, i) => $"({{0}}, {{{(3 * i) + 1}}}, {{{(3 * i) + 2}}}, {{{(3 * i) + 3}}})"))}"),
                [consumer, .. ordered.SelectMany(s => new object[] { s.Subject, s.Epoch, s.Sequence })])
            : db.Database.SqlQueryRaw<Guid>(Hearing("SELECT {0}, subject, epoch, sequence FROM unnest({1}, {2}, {3}) AS states (subject, epoch, sequence)"),
                consumer, ordered.Select(s => s.Subject).ToArray(), ordered.Select(s => s.Epoch).ToArray(), ordered.Select(s => s.Sequence).ToArray());
        return [.. await newer.ToListAsync(stop)];
    }

    private static string Marking(string rows) => $"""INSERT INTO "Inbox" ("MessageId", "Consumer", "HandledAt") {rows} ON CONFLICT DO NOTHING RETURNING "MessageId" AS "Value" """;

    private static string Hearing(string rows) =>
        $"""
        INSERT INTO "Heard" ("Consumer", "SubjectId", "Epoch", "Sequence") {rows}
        ON CONFLICT ("Consumer", "SubjectId") DO UPDATE SET "Epoch" = excluded."Epoch", "Sequence" = excluded."Sequence"
        WHERE "Heard"."Epoch" < excluded."Epoch" OR ("Heard"."Epoch" = excluded."Epoch" AND "Heard"."Sequence" < excluded."Sequence")
        RETURNING "SubjectId" AS "Value"
        """;
}
