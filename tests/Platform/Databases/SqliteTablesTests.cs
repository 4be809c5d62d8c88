using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Recruitment.Platform.Tests.Databases;

/// <summary>Whenever a process dies while it brings tables up to date, the next start finds what was there before, whole, and does it.</summary>
public sealed class SqliteTablesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-tables-").FullName;

    private string Original => Path.Combine(folder, "original.db");

    [Fact]
    public async Task Killed_before_any_statement_the_next_start_brings_it_up_to_date_and_nothing_is_missing()
    {
        await using (var old = Open(Original))
        {
            await old.GetService<IMigrator>().MigrateAsync(First.Called, TestContext.Current.CancellationToken);
            await old.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL; INSERT INTO Parents VALUES (1, 'one'), (2, NULL); INSERT INTO Children VALUES (1, 1), (2, 2)", TestContext.Current.CancellationToken);
        }

        var statements = await Statements();
        Assert.True(statements > 5, $"{statements} statements");
        for (var dead = 1; dead <= statements; dead++)
        {
            var left = await KilledAt(dead);
            await using var again = Open(left);
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await new BringUpToDate("parents", null, null).Apply(again, patience.Token);

            Assert.Equal((dead, "1 one , 2 none ", 2), (dead, await Rows(again), await again.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS \"Value\" FROM Children").SingleAsync(TestContext.Current.CancellationToken)));
            // What refers to a row is refused again without one.
            await Assert.ThrowsAsync<SqliteException>(() => again.Database.ExecuteSqlRawAsync("INSERT INTO Children VALUES (9, 9)", TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Tables_that_would_refer_to_rows_that_are_gone_are_left_as_they_were_however_often_it_is_started()
    {
        await using (var old = Open(Original))
        {
            await old.GetService<IMigrator>().MigrateAsync(First.Called, TestContext.Current.CancellationToken);
            await old.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = 0; INSERT INTO Children VALUES (1, 7)", TestContext.Current.CancellationToken);
        }

        for (var start = 0; start < 3; start++)
        {
            await using var db = Open(Original);
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => new BringUpToDate("parents", null, null).Apply(db, TestContext.Current.CancellationToken));

            Assert.Contains("1 rows would refer to others that are not there", refused.Message, StringComparison.Ordinal);
            Assert.Equal([First.Called], await db.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken));
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private async Task<int> Statements()
    {
        var counting = new Dies(int.MaxValue, "", "");
        await using var db = Open(CopyOf(Original, "counted"), counting);
        await new BringUpToDate("parents", null, null).Apply(db, TestContext.Current.CancellationToken);
        return counting.Seen;
    }

    /// <summary>The file and its log as they lay on the disk when that statement was about to begin.</summary>
    private async Task<string> KilledAt(int statement)
    {
        var (file, left) = (CopyOf(Original, $"dying{statement}"), Path.Combine(folder, $"left{statement}.db"));
        await using var db = Open(file, new Dies(statement, file, left));
        await Assert.ThrowsAnyAsync<Exception>(() => new BringUpToDate("parents", null, null).Apply(db, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(left));
        return left;
    }

    private string CopyOf(string file, string name)
    {
        SqliteConnection.ClearAllPools();
        var copy = Path.Combine(folder, $"{name}.db");
        File.Copy(file, copy);
        return copy;
    }

    private static async Task<string> Rows(ParentsDb db) => string.Join(", ", await db.Database
        .SqlQueryRaw<string>("SELECT Id || ' ' || Name || ' ' || Country AS \"Value\" FROM Parents ORDER BY Id").ToListAsync(TestContext.Current.CancellationToken));

    private static ParentsDb Open(string file, IInterceptor? watching = null)
    {
        var options = new DbContextOptionsBuilder<ParentsDb>().UseSqlite($"Data Source={file}").ReplaceService<IMigrationsSqlGenerator, WholeSqliteMigrations>()
            .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning, RelationalEventId.MigrationsUserTransactionWarning));
        return new(watching is null ? options.Options : options.AddInterceptors(watching).Options);
    }

    private sealed class Dies(int at, string file, string left) : DbCommandInterceptor
    {
        public int Seen { get; private set; }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (++Seen != at) return new(result);

            File.Copy(file, left);
            if (File.Exists($"{file}-wal")) File.Copy($"{file}-wal", $"{left}-wal");
            if (File.Exists($"{file}-journal")) File.Copy($"{file}-journal", $"{left}-journal");
            throw new InvalidOperationException("Killed.");
        }
    }
}

internal sealed class ParentsDb(DbContextOptions<ParentsDb> options) : DbContext(options);

[DbContext(typeof(ParentsDb)), Migration(First.Called)]
internal sealed class First : Migration
{
    public const string Called = "20260101000000_First";

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("Parents", t => new { Id = t.Column<int>(), Name = t.Column<string>(nullable: true) }, constraints: t => t.PrimaryKey("PK_Parents", p => p.Id));
        migrationBuilder.CreateTable("Children", t => new { Id = t.Column<int>(), ParentId = t.Column<int>() }, constraints: t =>
        {
            t.PrimaryKey("PK_Children", c => c.Id);
            t.ForeignKey("FK_Children", c => c.ParentId, "Parents", "Id", onDelete: ReferentialAction.Cascade);
        });
    }
}

/// <summary>A column that may no longer be empty: SQLite makes the table anew for it.</summary>
[DbContext(typeof(ParentsDb)), Migration("20260102000000_Second")]
internal sealed class Second : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("UPDATE Parents SET Name = 'none' WHERE Name IS NULL");
        migrationBuilder.AlterColumn<string>("Name", "Parents", nullable: false, oldNullable: true);
        migrationBuilder.AddColumn<string>("Country", "Parents", nullable: false, defaultValue: "");
    }

    protected override void BuildTargetModel(ModelBuilder modelBuilder) => modelBuilder.Entity("Parent", parent =>
    {
        parent.Property<int>("Id");
        parent.Property<string>("Name").IsRequired();
        parent.Property<string>("Country").IsRequired();
        parent.HasKey("Id");
        parent.ToTable("Parents");
    });
}
