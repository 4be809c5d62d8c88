namespace Recruitment.Platform;

/// <summary>Tells every relay of the process that there may be something to send or to clear.</summary>
internal sealed class OutboxSignal
{
    private volatile TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Raise() => Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Completes at the next signal or after the wait, whichever is first. Take it before looking, so that no signal is missed.</summary>
    public static async Task Wait(Task taken, TimeSpan longest, CancellationToken stop)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(taken, Task.Delay(longest, waiting.Token));
        await waiting.CancelAsync();
    }

    public Task Next => next.Task;
}
