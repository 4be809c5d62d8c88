using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recruitment.Platform.Tests.Messaging;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Databases;

/// <summary>What is written in bulk does not lie on the disk three times.</summary>
public sealed class ShortLogTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-log-").FullName;

    [Fact]
    public async Task A_long_write_ahead_log_is_made_short_again()
    {
        await using var pair = await Pair.Start(folder);
        var file = new FileInfo(Path.Combine(folder, "sender.db-wal"));
        var (onSqlite, longest) = (false, 0L);

        await pair.InSender(async db =>
        {
            onSqlite = db.Database.IsSqlite();
            if (!onSqlite) return;

            // One connection: the last to close would empty the log by itself.
            await db.Database.OpenConnectionAsync();
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE Much (Body BLOB)");
            await db.Database.ExecuteSqlRawAsync(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO Much VALUES (zeroblob({ShortLog<SenderDb>.Longest + 1}))"));
            file.Refresh();
            longest = file.Length;
            await Wait.Until(() => { file.Refresh(); return Task.FromResult(file.Length < ShortLog<SenderDb>.Longest); }, "the log stayed as long as it was");
        });

        Assert.SkipUnless(onSqlite, "PostgreSQL keeps its log itself.");
        Assert.True(longest > ShortLog<SenderDb>.Longest);
    }

    [Fact]
    public async Task Whoever_reads_for_long_keeps_nobody_from_writing()
    {
        await using var pair = await Pair.Start(folder);
        var onSqlite = false;
        await pair.InSender(async db =>
        {
            onSqlite = db.Database.IsSqlite();
            if (onSqlite) await db.Database.ExecuteSqlRawAsync("CREATE TABLE Much (Body BLOB)");
        });
        Assert.SkipUnless(onSqlite, "PostgreSQL keeps its log itself.");
        // Waits 5 s for the others; a checkpoint that waited for the reader would hold it up for 15.
        await using var writer = await Open(";Default Timeout=5");
        await using var reader = await Open("");
        await Do(reader, "BEGIN");
        await Do(reader, "SELECT COUNT(*) FROM Much");
        await Do(writer, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO Much VALUES (zeroblob({ShortLog<SenderDb>.Longest + 1}))"));

        var shortening = Task.Run(() => pair.Services.GetServices<IHostedService>().OfType<ShortLog<SenderDb>>().Single().Shorten(CancellationToken.None), TestContext.Current.CancellationToken);
        do
        {
            await Do(writer, "INSERT INTO Much VALUES (zeroblob(1))");
        }
        while (!shortening.IsCompleted);

        Assert.False(await shortening);
        await Do(reader, "COMMIT");
    }

    private async Task<SqliteConnection> Open(string more)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "sender.db")};Pooling=False{more}");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task Do(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteScalarAsync();
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
