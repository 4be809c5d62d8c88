using Recruitment.Grievances.Readers;

namespace Recruitment.Grievances.Cases;

/// <summary>POST /api/v1/grievances/{id}/closing: an answered case is closed; the worker may reopen it by writing again. Case handlers.</summary>
internal static class CloseGrievance
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{id:guid}/closing", Handle).WithName(nameof(CloseGrievance)).RequireRoles(Roles.CaseHandler);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Caller caller, GrievancesDb db, BusinessClock clock, CancellationToken stop)
    {
        if (await db.Open(id, caller, stop) is not var (_, grievance)) return TypedResults.NotFound();

        grievance.Close(clock.Today);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
