using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Starts;

/// <summary>Two programs on one data folder would break each other's sign-in.</summary>
public sealed class OneProgramOnlyTests
{
    [Fact]
    public async Task A_second_program_on_a_data_folder_is_refused_and_the_first_goes_on()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-starts-").FullName;
        try
        {
            var address = new Uri($"http://localhost:{Running.FreePort()}/");
            await using var first = new StartedProgram("AllInOne", address, Settings(folder));
            await first.Answers("health/ready");

            Assert.Contains($"Another program runs on {folder}", await AccountTests.TwoServices.Refused("AllInOne", Settings(folder)), StringComparison.Ordinal);
            using var browser = new HttpClient { BaseAddress = address };
            using var form = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("/identity/sign-in", form.RequestMessage!.RequestUri!.AbsolutePath);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dictionary<string, string> Settings(string folder) => new() { ["Mode"] = "demonstration", ["DataFolder"] = folder };
}
