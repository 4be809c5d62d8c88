using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Erasure;

/// <summary>Before intake opens: what workers deleted, withdrew or locked is deleted or locked to the end, and again, for either database may have been restored from a backup.</summary>
internal sealed class ReplayErasures(IServiceScopeFactory scopes, ErasureList list, ErasureTables tables, IOptions<GrievancesOptions> options, IOptions<PlatformOptions> platform) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GrievancesDb>();
        var erasure = scope.ServiceProvider.GetRequiredService<ErasureDb>();
        if (!db.Database.IsSqlite())
        {
            RefuseSharedBackups(db.Database, erasure.Database);
            RefuseListOfOneReplica();
        }

        await erasure.Prepare(tables.Accounts, cancellationToken);
        await list.Begin(db, cancellationToken);
        var keys = scope.ServiceProvider.GetRequiredService<ErasureKeys>();
        await keys.EraseWhatIsDue(cancellationToken);
        await keys.RemoveAgain(list.Keys(), cancellationToken);
        foreach (var erased in list.Keys().Chunk(500)) await db.Grievances.Where(g => erased.Contains(g.ErasureKeyId)).ExecuteDeleteAsync(cancellationToken);
        foreach (var (grievance, lookupId) in list.Locks())
        {
            if (await db.Grievances.SingleOrDefaultAsync(g => g.Id == grievance && !g.Locked, cancellationToken) is not { } open) continue;
            open.Lock(lookupId);
            await db.SaveChangesAsync(cancellationToken);
        }
        foreach (var uncounted in list.Uncounted().Chunk(500)) await db.Contributions.Where(c => uncounted.Contains(c.TokenHash)).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>A backup that holds cases and keys together would keep what a worker deleted, and a file of one replica is no place for the keys of cases that all share.</summary>
    private void RefuseSharedBackups(DatabaseFacade cases, DatabaseFacade keys)
    {
        if (keys.IsSqlite() && !platform.Value.IsDemonstration)
            throw new InvalidOperationException("Grievances on PostgreSQL needs the connection string 'erasure': a database of its own, whose backups are kept at most 7 days.");
        var (held, holder) = (keys.GetDbConnection(), cases.GetDbConnection());
        if ((held.DataSource, held.Database) == (holder.DataSource, holder.Database))
            throw new InvalidOperationException("The connection string 'erasure' names the database of the cases. Give it a database of its own, whose backups are kept at most 7 days.");
    }

    /// <summary>In the data folder of a process it goes with the process, and the next restore opens as if nothing had ever been deleted.</summary>
    private void RefuseListOfOneReplica()
    {
        if (options.Value.ErasureList.Length == 0 && !platform.Value.IsDemonstration)
            throw new InvalidOperationException("Grievances on PostgreSQL needs the setting 'Grievances:ErasureList': the file of what workers deleted, on a volume that all replicas share and that is in no backup of a database.");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
