using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>Somebody has to look at a calendar again from a day on: holidays of the next year are announced late, and a wrong one shortens a deadline unseen.</summary>
public static class WatchedCalendar
{
    /// <summary>For a service that counts days by a calendar: said in its log once a day while the calendar is to be looked at again. The model must <see cref="DueRows.KeepDueWork"/>.</summary>
    public static void WatchCalendar<TDb>(this IHostApplicationBuilder builder, Func<IServiceProvider, WorkingCalendar> calendar)
        where TDb : ServiceDb
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(provider => new CalendarOf<TDb>(calendar(provider)));
        builder.Services.AddDueWork<TDb, RecheckCalendar<TDb>>(RecheckCalendar<TDb>.Kind, businessTime: true, always: true);
    }

    /// <summary>Maps <c>/calendar</c> below a service's own address; the service's name makes the name of the answer unique in a process of several.</summary>
    public static void MapCalendar<TDb>(this RouteGroupBuilder group, string service)
        where TDb : ServiceDb => GetCalendar.Map<TDb>(group, service);
}

/// <summary>By which calendar the service of that database counts its days.</summary>
internal sealed record CalendarOf<TDb>(WorkingCalendar Calendar)
    where TDb : ServiceDb;

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

/// <summary>Looks once a day, as days are where the calendar is of; its row in the database says when, so that of several replicas one says it.</summary>
internal sealed partial class RecheckCalendar<TDb>(CalendarOf<TDb> own, BusinessClock clock, ILogger<RecheckCalendar<TDb>> log) : IDueWork
    where TDb : ServiceDb
{
    public const string Kind = "recheck-calendar";

    public Task<DateTime?> Do(string subject, CancellationToken stop)
    {
        var (calendar, today) = (own.Calendar, own.Calendar.DayOf(clock.Now));
        if (calendar.RecheckIsOver(today)) ToBeRechecked(log, calendar.Name, typeof(TDb).Name, calendar.RecheckAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return Task.FromResult<DateTime?>(calendar.EndOf(today));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The calendar {Name}, by which {Database} counts days, was to be looked at again by {RecheckAfter}: holidays may be missing. Put a calendars.json into the data folder.")]
    private static partial void ToBeRechecked(ILogger log, string name, string database, string recheckAfter);
}
