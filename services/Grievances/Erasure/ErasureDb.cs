using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Recruitment.Grievances.Erasure;

/// <summary>
/// The keys that make a case readable at all, in a store of their own: every stored copy of a case key, and every reply for a receipt, lies
/// under its case's erasure key. Its backups are kept a few days, so what is removed here is soon gone from every backup of the cases too.
/// </summary>
internal sealed class ErasureDb(DbContextOptions<ErasureDb> options) : DbContext(options)
{
    private static readonly Lock FirstTouch = new();

    public DbSet<ErasureKey> Keys => Set<ErasureKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<ErasureKey>(key =>
    {
        key.ToTable("ErasureKeys").HasKey(k => k.Id);
        key.Property(k => k.Id).ValueGeneratedNever();
    });

    /// <summary>
    /// One table that never changes and holds nothing of a mode, so no migrations and no mode row (docs/adr/0010). On SQLite without a row id,
    /// which would show the order in which workers wrote. Replicas that start together wait for each other. A file that was lost is not begun anew:
    /// every case would be there, and none could be read.
    /// </summary>
    public async Task Prepare(BringUpToDate accounts, CancellationToken stop)
    {
        TouchModel();
        var made = await MadeBefore.Open(this, () => Database.IsSqlite() ? MakeFile(stop) : accounts.AsOwner(this, () => MakeTable(stop)), stop);
        made?.Mark();
    }

    /// <summary>Not by the provider, which would turn on a write-ahead log: removed keys stay in it.</summary>
    private Task<int> MakeFile(CancellationToken stop) =>
        Database.ExecuteSqlRawAsync("CREATE TABLE IF NOT EXISTS \"ErasureKeys\" (\"Id\" TEXT NOT NULL PRIMARY KEY, \"Key\" BLOB NOT NULL) WITHOUT ROWID", stop);

    private async Task MakeTable(CancellationToken stop)
    {
        var database = Database.GetService<IRelationalDatabaseCreator>();
        try
        {
            if (!await database.ExistsAsync(stop)) await database.CreateAsync(stop);
        }
        catch (PostgresException made) when (made.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another replica made it first.
        }
        // Whoever may only read and write rows makes no table, not even one that is there.
        if (await Database.SqlQuery<bool>($"SELECT to_regclass('\"ErasureKeys\"') IS NOT NULL AS \"Value\"").SingleAsync(stop)) return;
        await using var together = await Database.BeginTransactionAsync(stop);
        await Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(hashtext('ErasureKeys'))", stop);
        await Database.ExecuteSqlRawAsync("CREATE TABLE IF NOT EXISTS \"ErasureKeys\" (\"Id\" uuid NOT NULL PRIMARY KEY, \"Key\" bytea NOT NULL)", stop);
        await together.CommitAsync(stop);
    }

    /// <summary>Before anybody files: two contexts that use a model for the first time at one moment can meet it half made, and the second save then fails.</summary>
    private void TouchModel()
    {
        lock (FirstTouch)
        {
            _ = Model.GetRelationalModel();
        }
    }
}

/// <summary>Which account makes the one table.</summary>
internal sealed record ErasureTables(BringUpToDate Accounts);
