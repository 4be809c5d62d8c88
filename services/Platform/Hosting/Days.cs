namespace Recruitment.Platform;

/// <summary>The days of a time zone: when they begin and end there.</summary>
internal sealed class Days(TimeZoneInfo zone)
{
    public DateOnly Of(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));

    /// <summary>When that day ends there, UTC.</summary>
    public DateTime EndOf(DateOnly day)
    {
        var midnight = day.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        // Where a clock is put forward at midnight, the day begins when it exists again.
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, zone);
    }
}
