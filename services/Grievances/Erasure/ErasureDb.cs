namespace Recruitment.Grievances.Erasure;

/// <summary>
/// The keys that make a case readable at all, in a store of their own: every stored copy of a case key, and every reply for a receipt, lies
/// under its case's erasure key. Its backups are kept a few days, so what is removed here is soon gone from every backup of the cases too.
/// </summary>
internal sealed class ErasureDb(DbContextOptions<ErasureDb> options) : DbContext(options)
{
    public DbSet<ErasureKey> Keys => Set<ErasureKey>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<ErasureKey>(key =>
    {
        key.ToTable("ErasureKeys").HasKey(k => k.Id);
        key.Property(k => k.Id).ValueGeneratedNever();
    });

    /// <summary>One table that never changes, so no migrations. On SQLite without a row id, which would show the order in which workers wrote.</summary>
    public async Task Prepare(CancellationToken stop)
    {
        if (!Database.IsSqlite())
        {
            await Database.EnsureCreatedAsync(stop);
            return;
        }
        await Database.ExecuteSqlRawAsync("CREATE TABLE IF NOT EXISTS \"ErasureKeys\" (\"Id\" TEXT NOT NULL PRIMARY KEY, \"Key\" BLOB NOT NULL) WITHOUT ROWID", stop);
    }
}

internal sealed class ErasureKey
{
    public Guid Id { get; init; }
    public byte[] Key { get; init; } = [];
}
