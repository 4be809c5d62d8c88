using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Recruitment.Platform;

/// <summary>
/// Brings a database's tables up to date. On PostgreSQL by the account of <c>ConnectionStrings:NAME-migrator</c>, which owns them, where one is given;
/// else by the service's own account, if it may: one that may only read and write rows starts when nothing is left to do.
/// </summary>
public sealed class BringUpToDate(string name, string? own, string? migrator)
{
    /// <summary>A large table takes its time to be made anew; given up in the middle, it would begin again at each start.</summary>
    private static readonly TimeSpan LongestStatement = TimeSpan.FromHours(6);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <summary>Any number that nobody else locks in a database of ours.</summary>
    private const long Migrating = 7_306_091_125;

    private string Setting => $"ConnectionStrings:{name}";

    /// <summary>A connection string that cannot be read is known before anything connects.</summary>
    public static string? Checked(string setting, string? connection)
    {
        if (string.IsNullOrEmpty(connection)) return null;
        try
        {
            var read = new NpgsqlConnectionStringBuilder(connection);
            if (string.IsNullOrEmpty(read.Host)) throw new InvalidOperationException($"ConnectionStrings:{setting} names no Host.");
        }
        catch (ArgumentException wrong)
        {
            // Only what is wrong about it, never the rest: it holds a password.
            throw new InvalidOperationException($"ConnectionStrings:{setting} is no connection string of PostgreSQL: {wrong.Message.Split('\n')[0]}", wrong);
        }
        return connection;
    }

    public async Task Apply(DbContext db, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (db.Database.IsSqlite())
        {
            await SqliteTables.BringUpToDate(db, stop);
            return;
        }
        await OnceItAnswers(() => AsOwner(db, async () =>
        {
            // Asked first: an account that may only read and write rows may not even lock what it would change.
            if (migrator is null && !(await db.Database.GetPendingMigrationsAsync(stop)).Any()) return;
            await OneAfterTheOther(db, stop);
            await db.Database.MigrateAsync(stop);
        }), stop);
        if (migrator is not null) await LetsIn(db, stop);
    }

    /// <summary>After a crash of everything a server starts beside its programs: given up at once, they would be started twice, at the price of more than the wait.</summary>
    private static async Task OnceItAnswers(Func<Task> work, CancellationToken stop)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await work();
                return;
            }
            catch (InvalidOperationException away) when (WhileAway(away.InnerException) is not null && waiting.Elapsed < Patience)
            {
                await Task.Delay(LookAgain, stop);
            }
        }
    }

    /// <summary>Replicas that start together on an empty database: the framework holds them apart only once its own table is there. Until the connection is closed.</summary>
    private static async Task OneAfterTheOther(DbContext db, CancellationToken stop)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        try
        {
            if (!await creator.ExistsAsync(stop)) await creator.CreateAsync(stop);
        }
        catch (PostgresException made) when (made.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // By another one in this moment.
        }
        await db.Database.OpenConnectionAsync(stop);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock({Migrating})", stop);
    }

    /// <summary>By the account that owns the tables, on a connection of its own that is closed afterwards.</summary>
    public async Task AsOwner(DbContext db, Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(work);
        var service = db as ServiceDb;
        var owner = migrator ?? own;
        try
        {
            service?.MakesTables = true;
            // Policies hold for the owner too. Said for the whole session, which nobody gets after it.
            db.Database.SetCommandTimeout(LongestStatement);
            if (owner is not null) db.Database.SetConnectionString(new NpgsqlConnectionStringBuilder(owner) { Pooling = false, Options = "-c app.role=system" }.ConnectionString);
            await work();
        }
        catch (Exception wrong) when (SentenceOf(wrong, migrator is null ? Setting : $"{Setting}-migrator") is { } sentence)
        {
            throw new InvalidOperationException(sentence, wrong);
        }
        finally
        {
            service?.MakesTables = false;
            db.Database.SetCommandTimeout((int?)null);
            if (owner is not null)
            {
                await db.Database.CloseConnectionAsync();
                db.Database.SetConnectionString(own);
            }
        }
    }

    /// <summary>The service's own account, seen before it is used.</summary>
    private async Task LetsIn(DbContext db, CancellationToken stop)
    {
        try
        {
            await db.Database.OpenConnectionAsync(stop);
            await db.Database.CloseConnectionAsync();
        }
        catch (Exception wrong) when (SentenceOf(wrong, Setting) is { } sentence)
        {
            throw new InvalidOperationException(sentence, wrong);
        }
    }

    /// <summary>What the server or the way to it says while it comes or goes; null when that is not what is wrong.</summary>
    private static string? WhileAway(Exception? wrong)
    {
        for (var cause = wrong; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException refused)
                return refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections ? refused.MessageText : null;
            if (cause is NpgsqlException { IsTransient: true, InnerException: not TimeoutException }) return cause.Message;
        }
        return null;
    }

    private string? SentenceOf(Exception wrong, string account)
    {
        if (WhileAway(wrong) is { } said) return $"{Away(account)} ({said.TrimEnd('.')}).";
        for (var cause = wrong; cause is not null; cause = cause.InnerException)
        {
            // Taken the connection and said nothing: waited for once, as long as the driver does.
            if (cause is NpgsqlException { InnerException: TimeoutException }) return $"{Away(account)} (it did not answer in time).";
            // Said before the server is even asked: no password, no certificate. A statement that ran out of time is no matter of the account.
            if (cause is NpgsqlException and not PostgresException) return $"The account of {account} does not get into PostgreSQL: {cause.Message.TrimEnd('.')}.";
            if (cause is not PostgresException refused) continue;
            return refused.SqlState switch
            {
                PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                    $"PostgreSQL refuses the account of {account}: {refused.MessageText}.",
                PostgresErrorCodes.InvalidCatalogName => Missing(account),
                // Where it is missing, making it is what is tried next.
                PostgresErrorCodes.InsufficientPrivilege when refused.Routine == "createdb" => Missing(account),
                PostgresErrorCodes.InsufficientPrivilege when refused.Routine == "CheckMyDatabase" => Anothers(account, refused),
                // Its first table is in every database of ours.
                PostgresErrorCodes.DuplicateTable => Anothers(account, refused),
                PostgresErrorCodes.InsufficientPrivilege when migrator is null =>
                    $"The tables of {Setting} are not up to date, and its account may not change them ({refused.MessageText}): give {Setting}-migrator as well, or run this program once with it and --migrate.",
                PostgresErrorCodes.InsufficientPrivilege => $"The account of {account} lacks a right that services/accounts gives: {refused.MessageText}.",
                _ => null,
            };
        }
        return null;
    }

    /// <summary>Not waited for any longer: whatever started the program tries again, and meanwhile nobody is told that it is ready.</summary>
    private static string Away(string account) => $"The PostgreSQL of {account} does not answer now: start it, or correct its Host and Port, and start this again";

    private static string Anothers(string account, PostgresException refused) => $"The database that {account} names is another program's ({refused.MessageText}): correct Database, or make its accounts with services/accounts.";

    private static string Missing(string account) => $"The database that {account} names does not exist: make it and its accounts with services/accounts.";
}
