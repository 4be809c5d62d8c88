using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>One writer at a time among the consumers of a SQLite file: its own waiting is by sleeping, and the unlucky sleep longest.</summary>
internal sealed class WriteTurn<TDb> : IDisposable
    where TDb : ServiceDb
{
    private readonly SemaphoreSlim turn = new(1);

    public async Task Take(TDb db, Func<Task> work, CancellationToken stop)
    {
        if (!db.Database.IsSqlite())
        {
            await work();
            return;
        }
        await turn.WaitAsync(stop);
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
