using System.Net;
using System.Text.RegularExpressions;
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

    [Fact]
    public async Task Somebody_who_forgot_the_password_while_the_disk_is_full_is_told_to_come_again_and_is_served_when_there_is_room()
    {
        var folder = Directory.CreateTempSubdirectory("recruitment-full-").FullName;
        await using var disk = await SmallDisk.TryMake(folder, megabytes: 60);
        Assert.SkipWhen(disk is null, "This machine lets us mount no disk of our own.");
        var address = new Uri($"http://localhost:{Running.FreePort()}/");
        await using var program = new StartedProgram("AllInOne", address, new Dictionary<string, string> { ["Mode"] = "operation", ["DataFolder"] = folder });
        await program.Answers("health/ready");
        using var http = new HttpClient { BaseAddress = address };
        var page = await http.GetStringAsync("identity/forgotten");
        var mark = Regex.Match(page, "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"").Groups[1].Value;

        disk!.Fill();
        var full = await Ask();
        disk.Free();
        var later = await Ask();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (full.StatusCode, later.StatusCode));
        Assert.Contains("Nothing was saved. Try again in a minute.", await full.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        async Task<HttpResponseMessage> Ask()
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "somebody@people.example", ["__RequestVerificationToken"] = mark });
            return await http.PostAsync("identity/forgotten", form);
        }
    }

    private static async Task Starts(Dictionary<string, string> settings)
    {
        await using var program = new StartedProgram("AllInOne", new Uri($"http://localhost:{Running.FreePort()}/"), settings);
        await program.Answers("health/ready");
    }
}
