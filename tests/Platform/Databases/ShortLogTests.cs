using System.Globalization;
using Microsoft.EntityFrameworkCore;
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

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
