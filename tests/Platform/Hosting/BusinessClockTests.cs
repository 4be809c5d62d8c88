using System.Globalization;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform.Tests.Hosting;

public sealed class BusinessClockTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-clock-").FullName;

    [Fact]
    public void A_demonstration_moves_its_clock_to_a_later_day()
    {
        var clock = Clock(PlatformOptions.Demonstration);
        var day = clock.Today.AddDays(9);

        clock.MoveTo(day);

        Assert.Equal(day, clock.Today);
    }

    [Fact]
    public void Every_process_on_the_same_folder_sees_the_moved_clock()
    {
        var clock = Clock(PlatformOptions.Demonstration);
        clock.MoveTo(clock.Today.AddDays(3));

        Assert.Equal(clock.Today, Clock(PlatformOptions.Demonstration).Today);
    }

    [Fact]
    public void The_clock_never_moves_back()
    {
        var clock = Clock(PlatformOptions.Demonstration);

        Assert.Throws<BrokenRuleException>(() => clock.MoveTo(clock.Today));
    }

    [Fact]
    public void The_clock_does_not_go_so_far_that_nothing_is_left_to_show()
    {
        var clock = Clock(PlatformOptions.Demonstration);

        Assert.Throws<BrokenRuleException>(() => clock.MoveTo(DateOnly.MaxValue));
        Assert.Throws<BrokenRuleException>(() => clock.MoveTo(clock.Today.AddYears(BusinessClock.MostYearsAhead).AddDays(1)));
        clock.MoveTo(clock.Today.AddYears(BusinessClock.MostYearsAhead));
    }

    [Fact]
    public void In_operation_the_clock_is_real_even_on_a_folder_that_was_moved()
    {
        var demonstration = Clock(PlatformOptions.Demonstration);
        demonstration.MoveTo(demonstration.Today.AddDays(30));
        var operation = Clock(PlatformOptions.Operation);

        Assert.Throws<BrokenRuleException>(() => operation.MoveTo(operation.Today.AddDays(1)));
        Assert.True((TimeProvider.System.GetUtcNow().UtcDateTime - operation.Now).Duration() < TimeSpan.FromMinutes(1));
    }

    /// <summary>Half past midnight in Bangkok, half past two in Tokyo, and in Samoa the day before.</summary>
    [Theory]
    [InlineData("Asia/Bangkok", 12, 1, "2026-12-01T17:00:00Z")]
    [InlineData("Asia/Tokyo", 12, 1, "2026-12-01T15:00:00Z")]
    [InlineData("Pacific/Pago_Pago", 11, 30, "2026-12-01T11:00:00Z")]
    public void Its_day_is_that_of_the_time_zone_of_whoever_runs_this(string zone, int month, int day, string next)
    {
        var clock = At("2026-11-30T17:30:00Z", zone);

        Assert.Equal(new DateOnly(2026, month, day), clock.Today);
        Assert.Equal(DateTime.Parse(next, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), clock.NextDay);
    }

    /// <summary>What waits for a day that has not begun there would look again and again.</summary>
    [Theory]
    [InlineData("America/Los_Angeles")]
    [InlineData("Asia/Bangkok")]
    public void A_day_has_begun_at_its_beginning_and_not_before(string zone)
    {
        var day = new DateOnly(2026, 12, 1);
        var begins = At("2026-11-01T00:00:00Z", zone).BeginOf(day);

        Assert.Equal(day, At($"{begins:O}", zone).Today);
        Assert.Equal(day.AddDays(-1), At($"{begins.AddSeconds(-1):O}", zone).Today);
    }

    [Theory]
    [InlineData("2026-11-30T09:59:00Z", 30)]
    [InlineData("2026-11-30T10:00:00Z", 31)]
    public void The_latest_day_is_that_of_where_it_begins_first(string now, int day) =>
        Assert.Equal(new DateOnly(2026, 11, 1).AddDays(day - 1), At(now, "Asia/Bangkok").LatestToday);

    [Fact]
    public void A_moved_clock_shows_the_day_it_was_moved_to_in_whatever_time_zone()
    {
        foreach (var zone in new[] { "Asia/Bangkok", "Pacific/Kiritimati", "Pacific/Pago_Pago" })
        {
            var clock = new BusinessClock(TimeProvider.System, Options.Create(new PlatformOptions { Mode = PlatformOptions.Demonstration, DataFolder = Directory.CreateDirectory(Path.Combine(folder, zone)).FullName, TimeZone = zone }));
            var day = clock.Today.AddDays(3);
            clock.MoveTo(day);
            Assert.Equal((zone, day), (zone, clock.Today));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private BusinessClock At(string now, string zone) =>
        new(new Held(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)), Options.Create(new PlatformOptions { DataFolder = folder, TimeZone = zone }));

    private sealed class Held(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private BusinessClock Clock(string mode) => new(TimeProvider.System, Options.Create(new PlatformOptions { Mode = mode, DataFolder = folder }));
}
