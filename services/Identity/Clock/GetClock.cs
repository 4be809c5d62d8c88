using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Identity.Clock;

/// <summary>GET /api/v1/identity/demonstration/clock: the day the demonstration believes it is. 404 in operation.</summary>
internal static class GetClock
{
    public sealed record Response(DateOnly Today);

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/demonstration/clock", Handle).WithName(nameof(GetClock)).RequireRoles(Roles.Administrator);

    private static Results<Ok<Response>, NotFound> Handle(BusinessClock clock, IOptions<PlatformOptions> options) =>
        options.Value.IsDemonstration ? TypedResults.Ok(new Response(clock.Today)) : TypedResults.NotFound();
}
