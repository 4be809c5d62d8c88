using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Starts;

/// <summary>Whoever starts a program on a full disk is told to make room, and is not shown a crash.</summary>
public sealed class FullDiskTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_start_on_a_full_disk_ends_with_one_sentence_and_the_next_one_with_room_goes_on(bool hadData)
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-full-").FullName;
        await using var disk = await SmallDisk.TryMake(folder, megabytes: 40);
        Assert.SkipWhen(disk is null, "This machine lets us mount no disk of our own.");
        var settings = new Dictionary<string, string> { ["Mode"] = "operation", ["DataFolder"] = folder };
        if (hadData) await Starts(settings);
        disk!.Fill();

        await using (var program = new StartedProgram("AllInOne", new Uri($"http://localhost:{Running.FreePort()}/"), settings))
        {
            await program.Ends();

            Assert.Equal(1, program.ExitCode);
            var said = Assert.Single(program.Output.Split('\n'), line => line.StartsWith("Not started: ", StringComparison.Ordinal));
            Assert.StartsWith($"Not started: {folder} takes no more data", said, StringComparison.Ordinal);
            Assert.DoesNotContain("Unhandled exception", program.Output, StringComparison.Ordinal);
        }
        disk.Free();
        await Starts(settings);
    }

    private static async Task Starts(Dictionary<string, string> settings)
    {
        await using var program = new StartedProgram("AllInOne", new Uri($"http://localhost:{Running.FreePort()}/"), settings);
        await program.Answers("health/ready");
    }
}
