using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Recruitment.Platform;

/// <summary>GET /calendar: by which calendar this service counts its days, where that is from, and whether somebody has to look at it again. Administrator.</summary>
internal static class GetCalendar
{
    /// <remarks>Review: checked, unchecked or not needed. RecheckIsOver: somebody should have looked at it again by RecheckAfter.</remarks>
    public sealed record Response(string Name, string Zone, string Source, string Review, DateOnly AsOf, DateOnly RecheckAfter, bool RecheckIsOver);

    public static void Map<TDb>(RouteGroupBuilder group, string service)
        where TDb : ServiceDb => group.MapGet("/calendar", Handle<TDb>).WithName($"{service}{nameof(GetCalendar)}").RequireRoles(Roles.Administrator);

    private static Ok<Response> Handle<TDb>(CalendarOf<TDb> own, BusinessClock clock)
        where TDb : ServiceDb
    {
        var calendar = own.Calendar;
        return TypedResults.Ok(new Response(
            calendar.Name, calendar.Zone.Id, calendar.Source, calendar.Review, calendar.AsOf, calendar.RecheckAfter, calendar.RecheckIsOver(calendar.DayOf(clock.Now))));
    }
}
