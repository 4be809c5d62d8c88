namespace Recruitment.Suppliers.Imports;

/// <summary>Wakes the reader when a list was received; a lost signal only costs the next look.</summary>
internal sealed class ImportSignal : IDisposable
{
    private readonly SemaphoreSlim waiting = new(0);

    public void Raise() => waiting.Release();

    public Task Wait(TimeSpan atMost, CancellationToken stop) => waiting.WaitAsync(atMost, stop);

    public void Dispose() => waiting.Dispose();
}
