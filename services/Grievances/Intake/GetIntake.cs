using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Intake;

/// <summary>GET /api/v1/grievances/intake: whether somebody reads, before a worker types anything. Anybody.</summary>
internal static class GetIntake
{
    /// <remarks>
    /// Reason: not-approved or nobody-reads when closed. Begun goes back with the filing and says how long a form was filled in. CountedTogether goes back too:
    /// whoever agrees to be counted is told that it is with at least so many cases, her own among them.
    /// </remarks>
    public sealed record Response(bool Open, string? Reason, bool Demonstration, string Begun, int CountedTogether);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/intake", Handle).WithName(nameof(GetIntake)).AllowAnonymous();

    private static async Task<Ok<Response>> Handle(IntakeState intake, FormPass pass, IOptions<GrievancesOptions> options, CancellationToken stop)
    {
        var reason = await intake.WhyClosed(stop);
        return TypedResults.Ok(new Response(reason is null, reason, intake.IsDemonstration, pass.New(), options.Value.SmallestGroup));
    }
}
