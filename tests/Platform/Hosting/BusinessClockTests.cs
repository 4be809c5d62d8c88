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

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private BusinessClock Clock(string mode) => new(TimeProvider.System, Options.Create(new PlatformOptions { Mode = mode, DataFolder = folder }));
}
