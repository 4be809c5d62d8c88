using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Recruitment.Platform;

/// <summary>Keeps SQLite's write-ahead log short while much is written.</summary>
/// <remarks>SQLite itself starts its log anew only when a writer finds nobody reading in it. While a list of a million rows is read, handled and looked at
/// there is always somebody: without this, the log came to three times the database and went on.</remarks>
internal sealed partial class ShortLog<TDb>(IServiceScopeFactory scopes, ILogger<ShortLog<TDb>> log) : BackgroundService
    where TDb : ServiceDb
{
    public const long Longest = 64L << 20;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Whoever reads for long reads on: asked again at once, those who write would wait for him most of the time.</summary>
    private static readonly TimeSpan LookLater = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Look;
        while (true)
        {
            try
            {
                await Task.Delay(pause, stoppingToken);
                pause = await Shorten(stoppingToken) ? Look : LookLater;
            }
            catch (SqliteException busy)
            {
                // The log is longer for a while and holds what it held; the next look tries again.
                StillLong(log, typeof(TDb).Name, busy);
                pause = LookLater;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>False when somebody read in it for longer than others can be kept waiting.</summary>
    internal async Task<bool> Shorten(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var file = new FileInfo(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource + "-wal");
        if (!file.Exists || file.Length <= Longest) return true;

        await db.Database.OpenConnectionAsync(stop);
        try
        {
            // While it waits for who reads, it lets nobody write: so it does not wait as long as others do.
            return await Ask(db, "PRAGMA busy_timeout=200; PRAGMA wal_checkpoint(TRUNCATE)", stop) == 0;
        }
        finally
        {
            await Ask(db, ServiceDatabase.Waits, CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>The first figure of the last answer.</summary>
    private static async Task<long> Ask(TDb db, string pragmas, CancellationToken stop)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = pragmas;
        await using var answers = await command.ExecuteReaderAsync(stop);
        var first = 0L;
        do
        {
            if (await answers.ReadAsync(stop)) first = answers.GetInt64(0);
        }
        while (await answers.NextResultAsync(stop));
        return first;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log of {Database} could not be shortened now.")]
    private static partial void StillLong(ILogger log, string database, Exception problem);
}
