using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Starts;

/// <summary>Whoever stops a program while it is still starting did nothing wrong, and is not shown a crash.</summary>
public sealed class StoppedStartTests
{
    [Fact]
    public async Task A_stop_while_it_is_starting_is_a_stop_like_any_other()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            // As long as this is held the start waits for the list of erasures.
            await using var held = new FileStream(Path.Combine(folder, "erasure-list.lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            await using var program = new StartedProgram("AllInOne", new Uri($"http://localhost:{Running.FreePort()}/"), new Dictionary<string, string> { ["Mode"] = "operation", ["DataFolder"] = folder });
            await Wait.Until(() => Task.FromResult(File.Exists(Path.Combine(folder, "erasure.db"))), "it did not begin to start");

            await program.Stop();

            Assert.Equal(0, program.ExitCode);
            Assert.DoesNotContain("Unhandled exception", program.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Not started", program.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
