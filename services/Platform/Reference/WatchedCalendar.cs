using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

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
