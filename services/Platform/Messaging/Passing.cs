using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Recruitment.Platform;

/// <summary>Whether a failure lies with the database and passes when it is back: then a message waits, for it is not the message that is wrong.</summary>
public static class Passing
{
    // Result codes of SQLite: busy, locked, out of memory, reading or writing the file, disk full, file not to be opened.
    private static readonly int[] OfSqlite = [5, 6, 7, 10, 13, 14];

    public static bool Is(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException sqlite && OfSqlite.Contains(sqlite.SqliteErrorCode)) return true;
            if (cause is PostgresException postgres) return postgres.IsTransient || IsOfTheServer(postgres.SqlState);
            // Whatever else the driver reports is the connection: refused, cut, out of time.
            if (cause is NpgsqlException) return true;
            if (cause is DbException { IsTransient: true }) return true;
        }
        return false;
    }

    /// <summary>Connection lost, rolled back for another's sake, resources such as the disk at an end, stopped by an operator, broken inside.</summary>
    private static bool IsOfTheServer(string state) => state[..2] is "08" or "40" or "53" or "57" or "58" or "XX";
}
