using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Browser;

/// <summary>The main job by hand, so to speak: the same seven steps on one process and on many.</summary>
public sealed class JourneyTests
{
    [Fact]
    public async Task The_seven_steps_are_done_in_a_browser_on_one_process()
    {
        await using var chromium = await Chromium.Start();
        await using var running = await Running.AsOneProcess();

        await SevenSteps.Walk(running, chromium);
    }

    [Fact]
    public async Task The_seven_steps_are_done_in_a_browser_on_separate_processes_behind_the_gateway()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        await using var chromium = await Chromium.Start();
        await using var running = await Running.AsManyProcesses();
        await Organisations.Register(running);

        await SevenSteps.Walk(running, chromium);
    }
}
