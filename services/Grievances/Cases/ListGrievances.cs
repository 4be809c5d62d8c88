using System.Globalization;
using Microsoft.Extensions.Options;
using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>GET /api/v1/grievances: the cases this reader holds a key of, unanswered ones first, of these whoever is in danger first, then by what is due next. Case handlers.</summary>
internal static class ListGrievances
{
    public sealed record Line(Guid Id, string Severity, string Language, DateOnly FiledOn, DateOnly NextClock, bool Overdue, string Status, bool AccusedNamed, bool MailboxLocked, bool Parked);

    /// <remarks>
    /// Next: Send it as cursor for the next page; null on the last. InDanger and Overdue: how many on all pages wait for an answer, those that came in a flood left out; InDangerInFlood: how many of these say that they are in danger.
    /// First: what to answer before everything else, on whatever page it stands: whoever is in danger, in a flood or not, before what is urgent and that before the rest; null when nothing waits that can be answered.
    /// ToPassOn: cases that this reader may not see any more and nobody else can open, see /keys.
    /// </remarks>
    public sealed record Response(IReadOnlyList<Line> Items, string? Next, int InDanger, int InDangerInFlood, int Overdue, Line? First, IReadOnlyList<Guid> ToPassOn);

    private const int PageSize = 100;
    private const string Day = "yyyyMMdd";

    public static void Map(RouteGroupBuilder group) => group.MapGet("/", Handle).WithName(nameof(ListGrievances)).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(Caller caller, GrievancesDb db, BusinessClock clock, IOptions<GrievancesOptions> options, CancellationToken stop, string? cursor = null)
    {
        if (!TryRead(cursor, out var after)) return Problems.UnknownCursor();
        if (await db.ReaderOf(caller, stop) is not { } reader) return TypedResults.Ok(new Response([], null, 0, 0, 0, null, []));

        var (today, ties) = (options.Value.TodayOf(clock), reader.TieHashes);
        var held = db.Grievances.AsNoTracking().Where(g => g.Keys.Any(k => k.ReaderId == reader.Id));
        var mine = held.Where(g => !g.Accused.Any(a => ties.Contains(a.Hash)) && !g.HandedOverBy.Contains(reader.Id));
        var unanswered = mine.Where(g => g.Status == Grievance.Received);
        var waiting = unanswered.Where(g => !g.Parked);
        // Days and random ids alone: neither the order nor a cursor tells at what hour a case came.
        var ranked = mine.Select(g => new Ranked
        {
            Grievance = g,
            Rank = (g.Status == Grievance.Closed ? 12 : 0) + (g.Parked ? 6 : 0) + (g.Status == Grievance.Answered ? 3 : 0)
                + (g.Severity == Grievance.Danger ? 0 : g.Severity == Grievance.Urgent ? 1 : 2),
        });
        if (after is var (rank, due, id))
        {
            ranked = ranked.Where(r => r.Rank > rank
                || (r.Rank == rank && (r.Grievance.NextClock > due || (r.Grievance.NextClock == due && r.Grievance.Id.CompareTo(id) > 0))));
        }
        var found = await ranked.OrderBy(r => r.Rank).ThenBy(r => r.Grievance.NextClock).ThenBy(r => r.Grievance.Id).Take(PageSize + 1).ToListAsync(stop);
        var page = found.Take(PageSize).ToList();
        return TypedResults.Ok(new Response(
            [.. page.Select(r => LineOf(r.Grievance, today))], found.Count > PageSize ? Cursor(page[^1]) : null,
            await waiting.CountAsync(g => g.Severity == Grievance.Danger, stop), await unanswered.CountAsync(g => g.Parked && g.Severity == Grievance.Danger, stop),
            await waiting.CountAsync(g => g.NextClock < today, stop), await First(unanswered, today, stop), await ToPassOn(db, held, reader, stop)));
    }

    /// <summary>A flood may hide one who is in danger: she comes before whoever is not. A locked mailbox takes no answer.</summary>
    private static async Task<Line?> First(IQueryable<Grievance> unanswered, DateOnly today, CancellationToken stop)
    {
        var first = await unanswered.Where(g => !g.Locked).OrderBy(g => g.Severity == Grievance.Danger ? 0 : g.Severity == Grievance.Urgent ? 1 : 2)
            .ThenBy(g => g.Parked).ThenBy(g => g.NextClock).ThenBy(g => g.Id).FirstOrDefaultAsync(stop);
        return first is null ? null : LineOf(first, today);
    }

    /// <summary>Keys of a case that its reader may not see are left only where nobody else has them all, so these are few.</summary>
    private static async Task<IReadOnlyList<Guid>> ToPassOn(GrievancesDb db, IQueryable<Grievance> held, Reader reader, CancellationToken stop)
    {
        var ties = reader.TieHashes;
        var bound = await held.Include(g => g.Keys).AsSplitQuery().Where(g => g.Accused.Any(a => ties.Contains(a.Hash))).ToListAsync(stop);
        if (bound.Count == 0) return [];

        var readers = await db.Readers.AsNoTracking().ToListAsync(stop);
        return [.. bound.Where(g => g.MayPassOn(reader, readers)).Select(g => g.Id).Order()];
    }

    private static Line LineOf(Grievance g, DateOnly today) =>
        new(g.Id, g.Severity, g.Language, g.FiledOn, g.NextClock, g.Status == Grievance.Received && g.NextClock < today, g.Status, g.IsNamed, g.Locked, g.Parked);

    private static string Cursor(Ranked last) => $"{last.Rank.ToString("00", CultureInfo.InvariantCulture)}{last.Grievance.NextClock.ToString(Day, CultureInfo.InvariantCulture)}{last.Grievance.Id:N}";

    private static bool TryRead(string? cursor, out (int Rank, DateOnly Due, Guid Id)? after)
    {
        after = null;
        if (string.IsNullOrEmpty(cursor)) return true;
        if (cursor.Length != 42 || !int.TryParse(cursor.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var rank)) return false;
        if (!DateOnly.TryParseExact(cursor.AsSpan(2, 8), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) || !Guid.TryParseExact(cursor[10..], "N", out var id)) return false;
        after = (rank, due, id);
        return true;
    }

    private sealed class Ranked
    {
        public required Grievance Grievance { get; init; }
        public required int Rank { get; init; }
    }
}
