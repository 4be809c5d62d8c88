using System.Globalization;
using System.Text.Json;

namespace Recruitment.Platform;

/// <summary>On which days people work somewhere, and when a day begins there: dated data with a source.</summary>
/// <remarks>Days are Gregorian whatever the culture of the process; a Buddhist year is a matter of display.</remarks>
public sealed class WorkingCalendar
{
    private readonly IReadOnlySet<DateOnly> holidays;
    private readonly Days days;

    private WorkingCalendar(string name, TimeZoneInfo zone, IReadOnlySet<DayOfWeek> weeklyOff, IReadOnlySet<DateOnly> holidays) =>
        (Name, Zone, days, WeeklyOff, this.holidays) = (name, zone, new(zone), weeklyOff, holidays);

    public string Name { get; }

    /// <summary>Where it is from, and what is not in it.</summary>
    public required string Source { get; init; }

    /// <summary>Whether somebody compared it: checked, unchecked or not needed.</summary>
    public required string Review { get; init; }

    /// <summary>On which day it was as it stands here.</summary>
    public required DateOnly AsOf { get; init; }

    public TimeZoneInfo Zone { get; }

    public IReadOnlySet<DayOfWeek> WeeklyOff { get; }

    /// <summary>After that day somebody has to look whether it still holds.</summary>
    public required DateOnly RecheckAfter { get; init; }

    /// <summary>Somebody should have looked at it again by now.</summary>
    public bool RecheckIsOver(DateOnly today) => today > RecheckAfter;

    /// <summary>Which day it is there.</summary>
    public DateOnly DayOf(DateTime utc) => days.Of(utc);

    /// <summary>When that day ends there, UTC: until then what is due on it is in time.</summary>
    public DateTime EndOf(DateOnly day) => days.EndOf(day);

    public bool IsOff(DateOnly day) => WeeklyOff.Contains(day.DayOfWeek) || holidays.Contains(day);

    /// <summary>That day, or the next on which people work.</summary>
    public DateOnly WorkingDay(DateOnly day)
    {
        while (IsOff(day)) day = day.AddDays(1);
        return day;
    }

    internal static WorkingCalendar Read(JsonElement json)
    {
        var name = Text(json, "name");
        var (source, review) = (Text(json, "source"), Text(json, "review"));
        if (source.Length == 0 || review.Length == 0) throw new FormatException($"Calendar {name} has no source or says nothing of its review.");
        var weeklyOff = json.GetProperty("weeklyOff").EnumerateArray().Select(d => Enum.Parse<DayOfWeek>(d.GetString()!)).ToHashSet();
        if (weeklyOff.Count > 6) throw new FormatException($"Calendar {name} leaves no day to work.");
        var holidays = json.GetProperty("holidays").EnumerateArray().Select(h => Day(h, "date")).ToHashSet();
        return new(name, TimeZoneInfo.FindSystemTimeZoneById(Text(json, "zone")), weeklyOff, holidays)
        {
            Source = source, Review = review, AsOf = Day(json, "asOf"), RecheckAfter = Day(json, "recheckAfter"),
        };
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static DateOnly Day(JsonElement json, string name) => DateOnly.ParseExact(Text(json, name), "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>The calendars that come along, or those of the operator: the file <c>calendars.json</c> in the data folder takes their place as a whole.</summary>
public static class WorkingCalendars
{
    public const string FileName = "calendars.json";

    public static IReadOnlyList<WorkingCalendar> Load(string dataFolder)
    {
        var own = Path.Combine(dataFolder, FileName);
        if (!File.Exists(own)) return ReferenceFile.Read(FileName, All);
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(own));
            return All(json.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or ArgumentException or KeyNotFoundException or InvalidOperationException or TimeZoneNotFoundException)
        {
            throw new InvalidOperationException($"The calendars in {own} cannot be read: {wrong.Message}", wrong);
        }
    }

    private static List<WorkingCalendar> All(JsonElement json) => [.. json.GetProperty("calendars").EnumerateArray().Select(WorkingCalendar.Read)];
}
