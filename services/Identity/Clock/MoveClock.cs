using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Recruitment.Platform;

namespace Recruitment.Identity.Clock;

/// <summary>POST /api/v1/identity/demonstration/clock: an administrator moves the demonstration to a later day. 404 in operation.</summary>
internal static class MoveClock
{
    public sealed record Request(DateOnly To);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/demonstration/clock", Handle).WithName(nameof(MoveClock)).RequireRoles(Roles.Administrator);

    private static Results<Ok<GetClock.Response>, NotFound> Handle(Request request, BusinessClock clock, IOptions<PlatformOptions> options)
    {
        if (!options.Value.IsDemonstration) return TypedResults.NotFound();

        clock.MoveTo(request.To);
        return TypedResults.Ok(new GetClock.Response(clock.Today));
    }
}
