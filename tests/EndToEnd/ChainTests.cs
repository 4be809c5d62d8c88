using System.Net;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests;

/// <summary>The same walk through the chain on one process and on many: real tokens, real ports, over HTTP.</summary>
public sealed class ChainTests
{
    [Fact]
    public async Task The_chain_runs_as_one_process()
    {
        await using var running = await Running.AsOneProcess();

        await Walk(running);
    }

    [Fact]
    public async Task The_chain_runs_as_separate_processes_behind_the_gateway()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        await using var running = await Running.AsManyProcesses();

        await Walk(running);
    }

    private static async Task Walk(Running running)
    {
        await NamesItselfAsIssuer(running);
        await Chain.BrandUploadsItsList(running);
        await Chain.BrandUploadsWhatIsNoList(running);
        await Chain.WorkerFilesAndComesBack(running);
        await Chain.ReceiptIsNotATokenForStaff(running);
    }

    private static async Task NamesItselfAsIssuer(Running running)
    {
        using var http = running.Client();

        var home = await http.GetAsync("");
        var discovery = JsonDocument.Parse(await http.GetStringAsync(".well-known/openid-configuration")).RootElement;

        Assert.True(home.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, running.Output);
        Assert.Equal(running.Address.ToString().TrimEnd('/'), discovery.GetProperty("issuer").GetString()!.TrimEnd('/'));
    }
}
