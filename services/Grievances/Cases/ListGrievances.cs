using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>GET /api/v1/grievances: the cases this reader holds a key of, those in danger first, then by what is due next. Case handlers.</summary>
internal static class ListGrievances
{
    public sealed record Response(Guid Id, string Severity, string Language, DateOnly FiledOn, DateOnly NextClock, bool Overdue, string Status, bool AccusedNamed, bool MailboxLocked, bool Parked);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/", Handle).WithName(nameof(ListGrievances)).RequireRoles(Roles.CaseHandler);

    private static async Task<Ok<IReadOnlyList<Response>>> Handle(Caller caller, GrievancesDb db, BusinessClock clock, CancellationToken stop)
    {
        if (await db.ReaderOf(caller, stop) is not { } reader) return TypedResults.Ok<IReadOnlyList<Response>>([]);

        var held = await db.Grievances.Where(g => g.Keys.Any(k => k.ReaderId == reader.Id)).ToListAsync(stop);
        return TypedResults.Ok<IReadOnlyList<Response>>(
        [
            .. held.Where(g => g.MayRead(reader))
                .OrderBy(g => g.Status == Grievance.Closed).ThenBy(g => g.Parked).ThenBy(g => Rank(g.Severity)).ThenBy(g => g.NextClock).ThenBy(g => g.Id)
                .Select(g => new Response(g.Id, g.Severity, g.Language, g.FiledOn, g.NextClock,
                    g.Status == Grievance.Received && g.NextClock < clock.Today, g.Status, g.IsNamed, g.Locked, g.Parked)),
        ]);
    }

    private static int Rank(string severity) => severity switch { Grievance.Danger => 0, Grievance.Urgent => 1, _ => 2 };
}
