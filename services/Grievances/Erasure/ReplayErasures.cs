using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Erasure;

/// <summary>Before intake opens: what workers deleted is deleted again, for either database may have been restored from a backup.</summary>
internal sealed class ReplayErasures(IServiceScopeFactory scopes, ErasureList list, IOptions<PlatformOptions> platform) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GrievancesDb>();
        var erasure = scope.ServiceProvider.GetRequiredService<ErasureDb>();
        // A file of one replica is no place for the keys of cases that all replicas share.
        if (!platform.Value.IsDemonstration && erasure.Database.IsSqlite() && !db.Database.IsSqlite())
            throw new InvalidOperationException("Grievances on PostgreSQL needs the connection string 'erasure': a database of its own, whose backups are kept at most 7 days.");

        await erasure.Prepare(cancellationToken);
        var keys = scope.ServiceProvider.GetRequiredService<ErasureKeys>();
        foreach (var erased in list.All())
        {
            await keys.Discard(erased, cancellationToken);
            await db.Grievances.Where(g => g.ErasureKeyId == erased).ExecuteDeleteAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
