using Recruitment.AllInOne.Demonstration;
using Recruitment.Testing;

namespace Recruitment.EndToEnd.Tests.Journey;

/// <summary>The same walk through the whole chain on one process and on many: real tokens, real ports, over HTTP.</summary>
public sealed class MainJobTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_main_job_is_done_in_one_process()
    {
        await using var running = await Running.AsOneProcess();

        await Walk(running);
    }

    [Fact]
    public async Task The_main_job_is_done_by_separate_processes_behind_the_gateway()
    {
        Assert.SkipUnless(Running.CanRunSeparately, "Needs TEST_POSTGRES and TEST_RABBITMQ.");
        await using var running = await Running.AsManyProcesses();
        // What one process loads at its start, from outside.
        await new Loader(running.Address, name => File.ReadAllText(Path.Combine(running.DataFolder, "secrets", name))).Load(cases: 0, TestContext.Current.CancellationToken);

        await Walk(running);
    }

    private async Task Walk(Running running)
    {
        var job = new MainJob(running, output.WriteLine);
        try
        {
            await job.BrandUploadsItsListAndInvites();
            await job.SupplierCompletes();
            await job.RecruiterApplies();
            await job.AuditorFindsAndAnotherGrants();
            await job.WorkerFilesAndReadsTheAnswer();
            await job.SignalsAreReleased();
            await job.AuditorIssuesAReport();
        }
        catch (HttpRequestException problem)
        {
            throw new InvalidOperationException($"{problem.Message}\n{running.Output}", problem);
        }
    }
}
