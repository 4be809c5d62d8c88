namespace Recruitment.Grievances.Signals;

/// <summary>GET /api/v1/grievances/releases/next: the day of the next release; nothing about what it will hold. Administrators and case handlers.</summary>
internal static class GetNextRelease
{
    public sealed record Response(string Period, DateOnly DueOn);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/releases/next", Handle)
        .WithName(nameof(GetNextRelease)).RequireRoles(Roles.Administrator, Roles.CaseHandler);

    private static async Task<Ok<Response>> Handle(ReleaseSignals releases, CancellationToken stop)
    {
        var due = await releases.Upcoming(stop);
        return TypedResults.Ok(new Response(due.Period, due.DueOn));
    }
}
