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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        while (await Next(timer, stoppingToken))
        {
            try
            {
                await Shorten(stoppingToken);
            }
            catch (SqliteException busy)
            {
                // The log is longer for a while and holds what it held; the next look tries again.
                StillLong(log, typeof(TDb).Name, busy);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task Shorten(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var file = new FileInfo(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource + "-wal");
        // Waits for who writes and who reads, and lets nobody begin to write meanwhile.
        if (file.Exists && file.Length > Longest) await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", stop);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log of {Database} could not be shortened now.")]
    private static partial void StillLong(ILogger log, string database, Exception problem);
}
