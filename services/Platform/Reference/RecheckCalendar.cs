using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

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
