using System.Net;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests;

public sealed class StartingTests
{
    [Fact]
    public async Task One_process_starts_ready_and_names_itself_as_issuer()
    {
        await using var running = await Running.AsOneProcess();

        await IsReadyAndIssues(running);
    }

    [Fact]
    public async Task Separate_processes_start_ready_behind_the_gateway_and_name_it_as_issuer()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        await using var running = await Running.AsManyProcesses();

        await IsReadyAndIssues(running);
    }

    private static async Task IsReadyAndIssues(Running running)
    {
        using var http = running.Client();

        var home = await http.GetAsync("");
        var discovery = JsonDocument.Parse(await http.GetStringAsync(".well-known/openid-configuration")).RootElement;

        Assert.True(home.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, running.Output);
        Assert.Equal(running.Address.ToString().TrimEnd('/'), discovery.GetProperty("issuer").GetString()!.TrimEnd('/'));
    }
}
