using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Recruitment.Platform;

/// <summary>Brings the tables of a SQLite file up to date: all of it or nothing, whenever the process dies.</summary>
/// <remarks>
/// Left alone, a migration that is killed stops every later start: it rebuilds tables outside a transaction, and holds other migrations off by a row that nobody takes away.
/// </remarks>
internal static class SqliteTables
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    /// <summary>So long another one may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task BringUpToDate(DbContext db, CancellationToken stop)
    {
        if (!(await db.Database.GetPendingMigrationsAsync(stop)).Any()) return;

        await using var alone = await Alone($"{db.Database.GetDbConnection().DataSource}.migrating", stop);
        await db.Database.OpenConnectionAsync(stop);
        try
        {
            // Before the transaction, within which it cannot be said; else what refers to a table would be deleted with its old form.
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = 0", stop);
            // Whoever made it is dead: the living hold the file.
            await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", stop);
            // One transaction for all of them and for the look at what they left: whatever is wrong, the version before still finds its tables.
            await using var whole = await db.Database.BeginTransactionAsync(stop);
            await db.Database.MigrateAsync(stop);
            if (await db.Database.SqlQueryRaw<long>("SELECT COUNT(*) AS \"Value\" FROM pragma_foreign_key_check").SingleAsync(stop) is > 0 and var lost)
                throw new InvalidOperationException($"{db.Database.GetDbConnection().DataSource}: {lost} rows would refer to others that are not there, so its tables were left as they were. Start the version before on it, or bring back a copy with ./run restore (docs/backup.md).");
            await whole.CommitAsync(stop);
        }
        finally
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = 1", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>One at a time; the system takes it back from whoever dies.</summary>
    private static async Task<FileStream> Alone(string file, CancellationToken stop)
    {
        for (var waited = TimeSpan.Zero; ; waited += LookAgain)
        {
            if (HeldFile.TryTake(file, nameof(PlatformOptions.DataFolder)) is { } held) return held;
            if (waited >= Patience) throw new InvalidOperationException($"Another program holds {file}: it brings the same tables up to date, and does not end. Stop it, and start this again.");
            await Task.Delay(LookAgain, stop);
        }
    }
}

/// <summary>The statements of a migration on SQLite, all in its one transaction (<see cref="SqliteTables"/> turns foreign keys off around it).</summary>
internal sealed class WholeSqliteMigrations(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations) : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    public override IReadOnlyList<MigrationCommand> Generate(IReadOnlyList<MigrationOperation> operations, IModel? model = null, MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default) =>
        [.. base.Generate(operations, model, options).Where(c => !c.CommandText.StartsWith("PRAGMA foreign_keys", StringComparison.Ordinal)).Select(Within)];

    private MigrationCommand Within(MigrationCommand command) => command.TransactionSuppressed
        ? new(Dependencies.CommandBuilderFactory.Create().Append(command.CommandText).Build(), Dependencies.CurrentContext.Context, Dependencies.Logger)
        : command;
}
