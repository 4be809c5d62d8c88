using System.Globalization;

namespace Recruitment.Grievances.Signals;

/// <summary>The period of a signal: a calendar quarter, for instance 2026-Q4. Ordered as text.</summary>
internal static class Quarter
{
    public static string Of(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-Q{((day.Month - 1) / 3) + 1}");

    public static DateOnly FirstDayAfter(string quarter) => FirstDay(quarter).AddMonths(3);

    public static string Next(string quarter) => Of(FirstDayAfter(quarter));

    /// <summary>The quarter that many before.</summary>
    public static string Before(string quarter, int count) => Of(FirstDay(quarter).AddMonths(-3 * count));

    private static DateOnly FirstDay(string quarter) => new(
        int.Parse(quarter.AsSpan(0, 4), CultureInfo.InvariantCulture), ((quarter[6] - '1') * 3) + 1, 1);
}
