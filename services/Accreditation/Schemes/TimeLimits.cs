using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Accreditation.Schemes;

/// <summary>A length of time that somebody decided on a date, with its source.</summary>
/// <remarks>EndsOnWorkingDay: somebody has to act by its last day, so one on which nobody works is not the last.</remarks>
internal sealed record TimeLimit(string Name, DateOnly From, string Source, int Months = 0, int Days = 0, bool EndsOnWorkingDay = false)
{
    public DateOnly After(DateOnly day, WorkingCalendar calendar)
    {
        var last = day.AddMonths(Months).AddDays(Days);
        return EndsOnWorkingDay ? calendar.WorkingDay(last) : last;
    }
}

/// <summary>Validity, surveillance, deferral, suspension, audit and retention limits, from a dated file: whichever was in force on the day counts. Days are those of the scheme's calendar.</summary>
internal sealed class TimeLimits
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private static readonly string[] Needed = ["validity", "validity_reminder", "surveillance", "deferral", "suspension", "audit", "evidence_undecided", "evidence_decided"];
    private readonly IReadOnlyList<TimeLimit> limits;

    private TimeLimits(IReadOnlyList<TimeLimit> limits, WorkingCalendar calendar) => (this.limits, Calendar) = (limits, calendar);

    /// <summary>Where days begin and end, and on which of them people work.</summary>
    public WorkingCalendar Calendar { get; }

    /// <summary>Which day it is for the scheme.</summary>
    public DateOnly TodayOf(BusinessClock clock) => Calendar.DayOf(clock.Now);

    public DateOnly Validity(DateOnly from) => After("validity", from);

    /// <summary>From which day on it is said that a validity ends soon: so long before its last day.</summary>
    public DateOnly ValidityReminder(DateOnly from, DateOnly lastDay)
    {
        var before = InForce("validity_reminder", from);
        return lastDay.AddMonths(-before.Months).AddDays(-before.Days);
    }

    public DateOnly Surveillance(DateOnly from) => After("surveillance", from);

    public DateOnly Deferral(DateOnly from) => After("deferral", from);

    public DateOnly Suspension(DateOnly from) => After("suspension", from);

    public DateOnly Audit(DateOnly from) => After("audit", from);

    /// <summary>How long a file is kept at most while nothing is decided, for instance in a draft that was given up.</summary>
    public DateOnly UndecidedEvidence(DateOnly from) => After("evidence_undecided", from);

    /// <summary>How long a file is kept after a decision that it was read for.</summary>
    public DateOnly DecidedEvidence(DateOnly from) => After("evidence_decided", from);

    /// <summary>Under the calendar named, or else the one that the file names; null when there is none of that name.</summary>
    public static TimeLimits? Load(IReadOnlyList<WorkingCalendar> calendars, string named = "")
    {
        using var stream = typeof(TimeLimits).Assembly.GetManifestResourceStream("Recruitment.Accreditation.Schemes.time-limits.json")!;
        var read = JsonSerializer.Deserialize<FileShape>(stream, Json)!;
        var missing = Needed.Except(read.Limits.Select(l => l.Name)).ToList();
        if (missing.Count > 0) throw new InvalidOperationException($"Time limits are missing: {string.Join(", ", missing)}.");
        if (read.Limits.Any(l => string.IsNullOrWhiteSpace(l.Source) || l.Months + l.Days <= 0)) throw new InvalidOperationException("A time limit has no length or no source.");
        if (string.IsNullOrWhiteSpace(read.Calendar.Source)) throw new InvalidOperationException("The calendar of the time limits has no source.");

        var name = named.Length > 0 ? named : read.Calendar.Name;
        return calendars.SingleOrDefault(c => c.Name == name) is { } calendar ? new(read.Limits, calendar) : null;
    }

    private DateOnly After(string name, DateOnly day) => InForce(name, day).After(day, Calendar);

    private TimeLimit InForce(string name, DateOnly day) =>
        limits.Where(l => l.Name == name && l.From <= day).MaxBy(l => l.From)
        ?? limits.Where(l => l.Name == name).MinBy(l => l.From)!;

    private sealed record FileShape(CalendarShape Calendar, IReadOnlyList<TimeLimit> Limits);

    private sealed record CalendarShape(string Name, string Source);
}
