using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>Publishes a service's states again when that was asked for: a page at a time, each in one transaction with the mark of how far it is.</summary>
/// <remarks>The same states under the same sequence: who has them drops them, who lost them takes them. Of two replicas one waits for the other's page.</remarks>
internal sealed partial class RepublishStates<TDb>(
    IServiceScopeFactory scopes, Publications<TDb> publications, TimeProvider time, ILogger<RepublishStates<TDb>> log) : BackgroundService
    where TDb : ServiceDb
{
    private const int PageSize = 500;

    /// <summary>More than so many wait in the outbox: it goes on when they are sent, so that the database does not grow by what it already holds.</summary>
    private const int MostWaiting = 5_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private readonly SaidLess stumbles = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var more = false;
            try
            {
                more = await PublishPage(stoppingToken);
                stumbles.IsOver();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                if (stumbles.Again()) Stumbled(log, typeof(TDb).Name, problem);
            }
            if (!more) await Task.Delay(Poll, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>False when nothing is to be done now.</summary>
    private async Task<bool> PublishPage(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (!await db.Republishings.AnyAsync(r => r.DoneAt == null, stop)) return false;
        if (await db.Outbox.Where(m => m.Bulk).OrderBy(m => m.NotBefore).Take(MostWaiting + 1).CountAsync(stop) > MostWaiting) return false;

        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        // Changed before it is read: another replica waits here, and finds what this one did.
        if (await db.Republishings.Where(r => r.DoneAt == null).ExecuteUpdateAsync(set => set.SetProperty(r => r.Published, r => r.Published), stop) == 0) return false;

        var row = await db.Republishings.SingleAsync(stop);
        db.InBulk = true;
        var page = await publications.PublishPage(row.Kind, db, row.After, PageSize, stop);
        row.GoOn(page.Rows, page.Next, publications.Kinds, time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Database} could not publish its states again; it is tried again.")]
    private static partial void Stumbled(ILogger log, string database, Exception problem);
}
