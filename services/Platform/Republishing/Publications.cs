using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Every state that a service publishes, kind by kind, for whoever was rebuilt, restored or added later.</summary>
public sealed class Publications<TDb>
    where TDb : ServiceDb
{
    private readonly List<Func<TDb, string?, int, CancellationToken, Task<Page>>> kinds = [];

    internal int Kinds => kinds.Count;

    /// <summary>One kind: the rows of one table, each published as <paramref name="publish"/> does it. What the rows need besides, <paramref name="with"/> reads along.</summary>
    public Publications<TDb> Add<TRow>(Func<TDb, TRow, CancellationToken, Task> publish, Func<IQueryable<TRow>, IQueryable<TRow>>? with = null)
        where TRow : class
    {
        kinds.Add(async (db, after, most, stop) =>
        {
            var key = GuidKey<TRow>.Of(db);
            var page = key.After(db, after, most);
            var rows = await (with is null ? page : with(page)).AsNoTracking().ToListAsync(stop);
            foreach (var row in rows) await publish(db, row, stop);
            // Read along, rows may come in another order than that of the page.
            return new(rows.Count, rows.Count < most ? null : rows.Select(key.CursorOf).Max(StringComparer.Ordinal));
        });
        return this;
    }

    /// <summary>One kind: the rows of one table, each as the state it is published as in this epoch; null for one that never was.</summary>
    public Publications<TDb> Add<TRow>(Func<TRow, int, object?> state)
        where TRow : class =>
        Add<TRow>((db, row, _) =>
        {
            if (state(row, db.Epoch) is { } now) db.Publish(now);
            return Task.CompletedTask;
        });

    /// <summary>Hands the next rows of a kind to the outbox; whoever called saves.</summary>
    internal Task<Page> PublishPage(int kind, TDb db, string? after, int most, CancellationToken stop) => kinds[kind](db, after, most, stop);

    /// <summary>So many rows, and where to go on; null after the last.</summary>
    internal sealed record Page(int Rows, string? Next);
}
