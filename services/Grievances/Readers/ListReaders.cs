namespace Recruitment.Grievances.Readers;

/// <summary>GET /api/v1/grievances/readers: who can read cases, and who is on the intake team, a page at a time. Administrators.</summary>
internal static class ListReaders
{
    private const int PageSize = 100;

    /// <remarks>
    /// HasLeft: she is no case handler any more, and counts nowhere. HoldsAlone: there is a case that nobody else who is still here can open; ask her to
    /// pass it on before her role ends.
    /// </remarks>
    public sealed record Line(Guid Id, string Subject, bool Intake, bool HasLeft, bool HoldsAlone);

    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Line> Items, Guid? Next);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/readers", Handle).WithName(nameof(ListReaders)).RequireRoles(Roles.Administrator);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(GrievancesDb db, CancellationToken stop, Guid? cursor = null)
    {
        // All of them: whether one holds a case alone hangs on the others.
        var readers = await db.Readers.AsNoTracking().OrderBy(r => r.Subject).ToListAsync(stop);
        var from = cursor is null ? 0 : readers.FindIndex(r => r.Id == cursor) + 1;
        if (cursor is not null && from == 0) return Problems.UnknownCursor();

        var alone = await HoldAlone(db, readers, stop);
        var page = readers.Skip(from).Take(PageSize).Select(r => new Line(r.Id, r.Subject, r.Intake, r.HasLeft, alone.Contains(r.Id))).ToList();
        return TypedResults.Ok(new Response(page, readers.Count > from + PageSize ? page[^1].Id : null));
    }

    private static async Task<HashSet<Guid>> HoldAlone(GrievancesDb db, List<Reader> readers, CancellationToken stop)
    {
        var left = readers.Where(r => r.HasLeft).Select(r => r.Id).ToHashSet();
        // Those who hold each of a case's keys: less opens a part of it alone.
        var holders = await db.CaseKeys.Where(k => k.ReaderId != null).GroupBy(k => new { k.GrievanceId, k.ReaderId }).Select(k => new { k.Key.GrievanceId, k.Key.ReaderId, Keys = k.Count() })
            .Join(db.Grievances, k => k.GrievanceId, g => g.Id, (k, g) => new { k.GrievanceId, ReaderId = k.ReaderId!.Value, All = k.Keys > g.Generation })
            .Where(k => k.All).ToListAsync(stop);
        return [.. holders.GroupBy(h => h.GrievanceId, h => h.ReaderId).SelectMany(h => h.Count(r => !left.Contains(r)) switch
        {
            0 => h,
            1 => h.Where(r => !left.Contains(r)),
            _ => [],
        })];
    }
}
