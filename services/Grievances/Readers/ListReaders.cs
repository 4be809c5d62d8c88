namespace Recruitment.Grievances.Readers;

/// <summary>GET /api/v1/grievances/readers: who can read cases, and who is on the intake team. Administrators.</summary>
internal static class ListReaders
{
    /// <remarks>
    /// HasLeft: she is no case handler any more, and counts nowhere. HoldsAlone: there is a case that nobody else who is still here can open; ask her to
    /// pass it on before her role ends.
    /// </remarks>
    public sealed record Response(Guid Id, string Subject, bool Intake, bool HasLeft, bool HoldsAlone);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/readers", Handle).WithName(nameof(ListReaders)).RequireRoles(Roles.Administrator);

    private static async Task<Ok<List<Response>>> Handle(GrievancesDb db, CancellationToken stop)
    {
        var readers = await db.Readers.AsNoTracking().OrderBy(r => r.Subject).ToListAsync(stop);
        var alone = await HoldAlone(db, readers, stop);
        return TypedResults.Ok(readers.Select(r => new Response(r.Id, r.Subject, r.Intake, r.HasLeft, alone.Contains(r.Id))).ToList());
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
