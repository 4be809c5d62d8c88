namespace Recruitment.Grievances.Readers;

/// <summary>GET /api/v1/grievances/readers: who can read cases, and who is on the intake team. Administrators.</summary>
internal static class ListReaders
{
    public sealed record Response(Guid Id, string Subject, bool Intake);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/readers", Handle).WithName(nameof(ListReaders)).RequireRoles(Roles.Administrator);

    private static async Task<Ok<List<Response>>> Handle(GrievancesDb db, CancellationToken stop) =>
        TypedResults.Ok(await db.Readers.OrderBy(r => r.Subject).Select(r => new Response(r.Id, r.Subject, r.Intake)).ToListAsync(stop));
}
