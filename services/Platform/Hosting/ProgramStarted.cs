using Microsoft.Extensions.Hosting;

namespace Recruitment.Platform;

/// <summary>For work that asks other services: in the one process those answer only when all of it has started.</summary>
internal static class ProgramStarted
{
    public static async Task HasStarted(this IHostApplicationLifetime program, CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = program.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }
}
