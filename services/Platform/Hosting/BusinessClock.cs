using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>The clock of deadlines and validity. The demonstration can move it forward; security always uses <see cref="TimeProvider"/>.</summary>
public sealed class BusinessClock(TimeProvider time, IOptions<PlatformOptions> options)
{
    /// <summary>So far ahead of the real day a demonstration goes: long enough for every status in it to run out, and short of a slip of the hand that nothing takes back.</summary>
    public const int MostYearsAhead = 5;

    /// <summary>Kiribati's Line Islands: nowhere does a day begin earlier.</summary>
    private static readonly TimeSpan FurthestEast = TimeSpan.FromHours(14);

    private readonly Days days = new(TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone));
    private readonly string file = Path.Combine(options.Value.DataFolder, "demonstration-clock");
    private readonly Lock gate = new();
    private (DateTime ReadAt, TimeSpan Shift) last = (DateTime.MinValue, TimeSpan.Zero);

    /// <summary>UTC.</summary>
    public DateTime Now => time.GetUtcNow().UtcDateTime + Shift();

    /// <summary>The day in the time zone of whoever runs this (<see cref="PlatformOptions.TimeZone"/>).</summary>
    public DateOnly Today => days.Of(Now);

    /// <summary>The latest day that has begun anywhere: what people date where they are may be of that day, and is not in the future for them.</summary>
    public DateOnly LatestToday => DateOnly.FromDateTime(Now + FurthestEast);

    /// <summary>When the day after <see cref="Today"/> begins, UTC.</summary>
    public DateTime NextDay => days.EndOf(Today);

    /// <summary>When that day begins in the time zone of whoever runs this, UTC.</summary>
    public DateTime BeginOf(DateOnly day) => days.EndOf(day.AddDays(-1));

    /// <summary>On which day of the time zone of whoever runs this that was.</summary>
    public DateOnly DayOf(DateTime utc) => days.Of(utc);

    /// <summary>Moves the clock forward to that day, for every process that shares the data folder. Demonstration only; never backwards.</summary>
    public void MoveTo(DateOnly day)
    {
        if (!options.Value.IsDemonstration) throw new BrokenRuleException("clock-is-real", "Only a demonstration can move its clock.");
        if (day <= Today) throw new BrokenRuleException("clock-moves-forward", "The demonstration clock only moves forward: choose a later day.");
        var furthest = DayOf(time.GetUtcNow().UtcDateTime).AddYears(MostYearsAhead);
        if (day > furthest) throw new BrokenRuleException("clock-too-far", FormattableString.Invariant($"The demonstration clock goes {MostYearsAhead} years ahead at most, to {furthest.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}. It cannot be moved back."));

        lock (gate)
        {
            // Past its noon, when it is that day nearly everywhere.
            var shift = days.EndOf(day).AddHours(-11) - time.GetUtcNow().UtcDateTime;
            PrivateFolder.Make(options.Value.DataFolder);
            using (var written = new FileStream(file + ".new", FileMode.Create))
            {
                written.Write(Encoding.ASCII.GetBytes(shift.Ticks.ToString(CultureInfo.InvariantCulture)));
                written.Flush(flushToDisk: true);
            }
            DurableFile.Replace(file + ".new", file);
            last = (DateTime.MinValue, TimeSpan.Zero);
        }
    }

    private TimeSpan Shift()
    {
        if (!options.Value.IsDemonstration) return TimeSpan.Zero;

        lock (gate)
        {
            // The file is shared with the other processes of a demonstration, so it is read again once a second.
            var now = time.GetUtcNow().UtcDateTime;
            if ((now - last.ReadAt).Duration() >= TimeSpan.FromSeconds(1))
            {
                var ticks = File.Exists(file) ? long.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture) : 0;
                last = (now, TimeSpan.FromTicks(ticks));
            }
            return last.Shift;
        }
    }
}
