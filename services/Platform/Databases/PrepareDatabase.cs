using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>The identity of each database of this process, read once when it was prepared.</summary>
internal sealed class DatabaseIdentities
{
    private readonly ConcurrentDictionary<Type, int> epochs = new();

    public int EpochOf(ServiceDb db) => epochs.TryGetValue(db.GetType(), out var epoch)
        ? epoch
        : throw new InvalidOperationException($"{db.GetType().Name} was used before it was prepared.");

    public bool IsPrepared(ServiceDb db) => epochs.ContainsKey(db.GetType());

    public void Set(ServiceDb db, int epoch) => epochs[db.GetType()] = epoch;
}

/// <summary>How one database of this process is prepared.</summary>
internal sealed record DatabasePreparation(Func<CancellationToken, Task> Prepare);

/// <summary>Prepares every database before the host answers. Side by side: in one process with all services, their models take most of a start, and each has its own.</summary>
internal sealed class PrepareDatabases(IEnumerable<DatabasePreparation> preparations) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var all = Task.WhenAll(preparations.Select(p => Task.Run(() => p.Prepare(cancellationToken), cancellationToken)));
        try
        {
            await all;
        }
        catch (InvalidOperationException) when (all.Exception is { InnerExceptions: { Count: > 1 } several } && several.All(e => e is InvalidOperationException))
        {
            // Each has its own reason: whoever mends one would start again only to read the next.
            throw new InvalidOperationException(string.Join(' ', several.Select(e => e.Message).Distinct(StringComparer.Ordinal)), all.Exception);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Migrates, and refuses a database of the other mode or one whose secrets are elsewhere.</summary>
internal sealed class PrepareDatabase<TDb>(
    IServiceScopeFactory scopes, IOptions<PlatformOptions> options, DatabaseIdentities identities, TimeProvider time, BringUpToDate upToDate, Secrets secrets)
    where TDb : ServiceDb
{
    public async Task BringTablesUpToDate(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Migrate(scope.ServiceProvider.GetRequiredService<TDb>(), stop);
    }

    public async Task Prepare(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var made = await Migrate(db, cancellationToken);
        var identity = await IdentityOf(db, cancellationToken);
        if (identity.Mode != options.Value.Mode)
        {
            throw new InvalidOperationException(
                $"This data belongs to {identity.Mode} mode and stays there; {options.Value.Mode} mode needs a data folder or database of its own.");
        }
        foreach (var needed in scope.ServiceProvider.GetServices<NeededSecret<TDb>>()) await needed.Check(db, secrets, cancellationToken);
        if (options.Value.NameOfRestore() is { Length: > 0 } restore)
        {
            await Resume(db, restore, scope.ServiceProvider.GetService<Publications<TDb>>() is not null, cancellationToken);
            await db.Entry(identity).ReloadAsync(cancellationToken);
        }
        await ForgetOldAnswers(db, cancellationToken);
        made?.Mark();
        identities.Set(db, identity.Epoch);
    }

    /// <summary>What it is, or is from now on. Of replicas that start together on an empty database one writes it, and all read the same.</summary>
    private async Task<DatabaseIdentity> IdentityOf(TDb db, CancellationToken stop)
    {
        if (await db.Identities.SingleOrDefaultAsync(stop) is { } known) return known;

        var wanted = new DatabaseIdentity { Mode = options.Value.Mode };
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "DatabaseIdentity" ("Id", "Mode", "Epoch") VALUES ({wanted.Id}, {wanted.Mode}, {wanted.Epoch}) ON CONFLICT DO NOTHING""", stop);
        return await db.Identities.SingleAsync(stop);
    }

    private Task<MadeBefore?> Migrate(TDb db, CancellationToken stop) => MadeBefore.Open(db, () => upToDate.Apply(db, stop), stop);

    /// <summary>Those of callers who never came again: each forgets his own with his next request.</summary>
    private async Task ForgetOldAnswers(TDb db, CancellationToken stop)
    {
        if (db.Model.FindEntityType(typeof(KeptAnswer)) is null) return;
        var old = time.GetUtcNow().UtcDateTime - KeptAnswers.Kept;
        await db.Set<KeptAnswer>().Where(a => a.At < old).ExecuteDeleteAsync(stop);
    }

    /// <summary>Once for each restore, whichever replica starts first.</summary>
    private async Task Resume(TDb db, string restore, bool publishes, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await db.Database.BeginTransactionAsync(stop);
        // By the clock, so that the same backup restored twice does not repeat an epoch in which other states were published.
        var byTheClock = (int)(now - new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)).TotalMinutes;
        var begun = await db.Identities.Where(i => i.Restored == null || i.Restored != restore).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Restored, restore).SetProperty(i => i.Epoch, i => i.Epoch + 1 > byTheClock ? i.Epoch + 1 : byTheClock), stop);
        if (begun == 1 && publishes)
        {
            // What was under way when the backup was taken begins again.
            await db.Republishings.ExecuteDeleteAsync(stop);
            await BeginRepublish.Begin(db, now, stop);
        }
        await together.CommitAsync(stop);
    }
}

/// <summary>Ready when prepared and reachable and, where it is a file, its folder takes what is written: whoever sends a report meanwhile is told that it was not received.</summary>
internal sealed class DatabaseReady<TDb>(TDb db, DatabaseIdentities identities, RoomToWrite room) : IHealthCheck
    where TDb : ServiceDb
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!identities.IsPrepared(db) || !await db.Database.CanConnectAsync(cancellationToken)) return HealthCheckResult.Unhealthy("The database is not ready.");
        return !db.Database.IsSqlite() || room.IsThere() ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The data folder takes no more data: make room on its disk.");
    }
}
