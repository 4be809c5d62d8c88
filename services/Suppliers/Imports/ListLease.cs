using Microsoft.EntityFrameworkCore;

namespace Recruitment.Suppliers.Imports;

/// <summary>That one process alone reads a list. Renewed by time, however long a step takes; whoever stood still for so long that another took over learns it here and stops.</summary>
/// <remarks>No row depends on it: every change asks again who holds the lease. It keeps a list from being taken over while it is read, and stops whoever lost it.</remarks>
internal sealed partial class ListLease : IAsyncDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource lost;
    private readonly Task renewing;

    public ListLease(IServiceScopeFactory scopes, Guid import, Guid owner, TimeSpan length, TimeProvider time, ILogger log, CancellationToken stop)
    {
        lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Lost = lost.Token;
        renewing = Task.Run(() => KeepUp(scopes, import, owner, length, time, log), CancellationToken.None);
    }

    /// <summary>Another process reads on, or this one is being stopped.</summary>
    public CancellationToken Lost { get; }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await renewing;
        ended.Dispose();
        lost.Dispose();
    }

    private async Task KeepUp(IServiceScopeFactory scopes, Guid import, Guid owner, TimeSpan length, TimeProvider time, ILogger log)
    {
        using var each = new PeriodicTimer(length / 4, time);
        try
        {
            while (await each.WaitForNextTickAsync(ended.Token))
            {
                try
                {
                    if (await Renew(scopes, import, owner, time.GetUtcNow().UtcDateTime + length)) continue;
                    await lost.CancelAsync();
                    return;
                }
                catch (Exception wrong) when (wrong is not OutOfMemoryException)
                {
                    if (ended.IsCancellationRequested) return;
                    // A database that is away now may be back before the lease has run out.
                    NotRenewed(log, wrong.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nothing left to hold.
        }
    }

    /// <remarks>Not through the aggregate and its version: a batch that is saved at this moment is none the worse for it.</remarks>
    private async Task<bool> Renew(IServiceScopeFactory scopes, Guid import, Guid owner, DateTime until)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SuppliersDb>().Imports.Where(i => i.Id == import && i.LeaseOwner == owner)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.LeaseUntil, until), ended.Token) > 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of a supplier list was not renewed: {Kind}.")]
    private static partial void NotRenewed(ILogger log, string kind);
}
