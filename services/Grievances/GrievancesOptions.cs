namespace Recruitment.Grievances;

/// <summary>What an operator may set, under <c>Grievances</c>.</summary>
internal sealed class GrievancesOptions
{
    /// <summary>No setting goes below: of fewer cases each worker in them could be guessed.</summary>
    public const int GroupNeverBelow = 5;

    /// <summary>No setting goes below: at a smaller site everybody knows who may have spoken.</summary>
    public const int SiteNeverBelow = 50;

    /// <summary>No setting goes beyond: every worker reads, in her language and before she types, that the first answer comes within so many days.</summary>
    public const int AnswerPromisedWithin = 7;

    /// <summary>k: a signal rests on at least this many distinct cases. Default 10; the service refuses to start below 5.</summary>
    /// <remarks>The form tells workers one less, the others; a case filed under a higher number keeps to it.</remarks>
    public int SmallestGroup { get; set; } = 10;

    /// <summary>Nothing is ever said about a site with fewer known workers. Default 50, never below.</summary>
    public int SmallestSite { get; set; } = SiteNeverBelow;

    /// <summary>A form filled in faster than this is parked, never refused. Default 10; in a demonstration 0, for its own cases come from a program.</summary>
    public int? SecondsToFillIn { get; set; }

    /// <summary>Cases beyond this number on one day are parked, never refused. Default 200.</summary>
    public int CasesADay { get; set; } = 200;

    /// <summary>The file that lists what was deleted; it must be kept apart from the backups of both databases. Default: erasure-list in the data folder; on PostgreSQL in operation mode there is no default.</summary>
    public string ErasureList { get; set; } = "";

    /// <summary>Days until the first answer is due when somebody is in danger. Default 1.</summary>
    public int DaysInDanger { get; set; } = 1;

    /// <summary>Days until the first answer is due in urgent cases. Default 3.</summary>
    public int DaysUrgent { get; set; } = 3;

    /// <summary>Days until the first answer is due otherwise, and until whoever has her answer is asked to come back. Default 7, never more.</summary>
    public int DaysOrdinary { get; set; } = AnswerPromisedWithin;

    /// <summary>The calendar of where readers work, by its name in calendars.json: its zone, weekly days off and public holidays. Default THA.</summary>
    public string Calendar { get; set; } = "THA";

    /// <summary>Days of the week on which nobody reads, in English, with commas, beside the calendar's; at most six. Default Saturday,Sunday: workers are told that they are read on working days.</summary>
    public string DaysOff { get; set; } = "Saturday,Sunday";

    /// <summary>The calendar itself; null when there is none of that name.</summary>
    internal WorkingCalendar? Readers { get; set; }

    /// <summary>Which day it is where readers work.</summary>
    public DateOnly TodayOf(BusinessClock clock) => Readers!.DayOf(clock.Now);

    /// <summary>This day, or the next on which somebody reads.</summary>
    public DateOnly WorkingDay(DateOnly day)
    {
        while (WeekDaysOff.Contains(day.DayOfWeek) || Readers!.IsOff(day)) day = day.AddDays(1);
        return day;
    }

    /// <summary>Whether every name is a day of the week, and a day is left.</summary>
    public bool LeavesAWorkingDay => DaysOffNamed.All(name => Enum.GetNames<DayOfWeek>().Contains(name, StringComparer.OrdinalIgnoreCase)) && WeekDaysOff.Union(Readers?.WeeklyOff ?? WeekDaysOff).Count() < 7;

    private string[] DaysOffNamed => DaysOff.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private HashSet<DayOfWeek> WeekDaysOff => [.. DaysOffNamed.Select(name => Enum.Parse<DayOfWeek>(name, ignoreCase: true))];

    /// <summary>Days between the end of a quarter and the earliest release of its signals. Default 7.</summary>
    public int ReleaseDelayDays { get; set; } = 7;

    /// <summary>Up to this many days more, drawn at random for each release. Default 14.</summary>
    public int ReleaseJitterDays { get; set; } = 14;

    /// <summary>A contribution whose group stays too small is thrown away after this many quarters. Default 4.</summary>
    public int ContributionQuarters { get; set; } = 4;
}
