using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Recruitment.Platform;

/// <summary>Wakes the relay when rows were saved, so that an event need not wait for the next poll: at the save, or when the transaction that it is part of is committed, for nobody else sees them before.</summary>
internal sealed class WakeOnSave(OutboxSignal signal) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public static WakeOnSave From(IServiceProvider provider) => new(provider.GetRequiredService<OutboxSignal>());

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ServiceDb { Database.CurrentTransaction: not null } within) within.WakesAtCommit = true;
        else signal.Raise();
        return ValueTask.FromResult(result);
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is ServiceDb { WakesAtCommit: true } db)
        {
            db.WakesAtCommit = false;
            signal.Raise();
        }
        return Task.CompletedTask;
    }
}
