namespace Recruitment.Grievances.Readers;

/// <summary>PUT /api/v1/grievances/readers/{reader}/intake: who opens cases before the accused is named. Administrators, who cannot open any themselves.</summary>
internal static class AssignIntake
{
    public sealed record Request(bool Intake);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPut("/readers/{reader:guid}/intake", Handle).WithName(nameof(AssignIntake)).RequireRoles(Roles.Administrator);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid reader, Request request, Caller caller, GrievancesDb db, CancellationToken stop)
    {
        var found = caller.Kind == PartyKinds.Operator ? await db.Readers.FindAsync([reader], stop) : null;
        if (found is null) return TypedResults.NotFound();

        found.Assign(request.Intake);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
