using Recruitment.EndToEnd.Tests.Journey;
using Recruitment.Testing;

namespace Recruitment.Bench;

/// <summary>The product's working set after its main job was really done: the walk that the end-to-end tests take, over HTTP, and its demonstration loaded before.</summary>
internal static class Memory
{
    public static async Task<Figure> AfterMainJob()
    {
        await using var running = await Running.AsOneProcess();
        var job = new MainJob(running, _ => { });
        Func<Task>[] steps = [job.BrandUploadsItsListAndInvites, job.SupplierCompletes, job.RecruiterApplies, job.AuditorFindsAndAnotherGrants, job.WorkerFilesAndReadsTheAnswer, job.SignalsAreReleased, job.AuditorIssuesAReport];
        foreach (var step in steps)
        {
            try
            {
                await step();
            }
            catch (Exception problem) when (problem is not OutOfMemoryException)
            {
                throw new InvalidOperationException($"{step.Method.Name} failed, so the main job was not done: {problem.Message.Split('\n')[0]} {problem.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("Journey", StringComparison.Ordinal))?.Trim()}", problem);
            }
        }
        var figure = Benchmarks.WorkingSet.AtMost(Product.Megabytes(running.ProcessId, "VmRSS:"));
        return figure with { Note = $"import, answers, application, audit, grant, grievance and reply, release, report as PDF; at most {Product.Megabytes(running.ProcessId, "VmHWM:"):0} MB on the way; Chromium and its driver apart" };
    }
}
