namespace Recruitment.Faults.Tests.Load;

/// <summary>Everybody at once, until they are asked to finish what they have begun.</summary>
internal sealed class SteadyLoad(IReadOnlyList<Actor> actors, CancellationToken stop)
{
    private readonly List<Task> writing = [];
    private CancellationTokenSource finish = new();

    public void Begin()
    {
        finish = new();
        var asked = finish.Token;
        writing.AddRange(actors.Select(actor => Task.Run(() => Write(actor, asked), stop)));
    }

    /// <summary>Returns when what each has begun is acknowledged; a sentence for each that was refused.</summary>
    public async Task<IReadOnlyList<string>> Finish()
    {
        await finish.CancelAsync();
        finish.Dispose();
        var wrong = new List<string>();
        foreach (var one in writing)
        {
            try
            {
                await one;
            }
            catch (Exception refused) when (!stop.IsCancellationRequested)
            {
                wrong.Add($"A write was not acknowledged: {refused.GetType().Name}: {refused.Message}");
            }
        }
        writing.Clear();
        return wrong;
    }

    private async Task Write(Actor actor, CancellationToken asked)
    {
        while (!asked.IsCancellationRequested)
        {
            await actor.Write(stop);
            await Task.Delay(actor.Pause, asked).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
