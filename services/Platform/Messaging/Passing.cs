using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Recruitment.Platform;

/// <summary>Whether a failure lies with the database and passes when it is back: then a message waits, for it is not the message that is wrong.</summary>
public static class Passing
{
    // Result codes of SQLite: busy, locked, out of memory, reading or writing the file, disk full, file not to be opened.
    private static readonly int[] OfSqlite = [5, 6, 7, 10, 13, 14];

    // Nothing where something must be, a rule of one row broken, another type of value, too long.
    private static readonly int[] OfTheMessageInSqlite = [1299, 275, 3091, 18, 20];

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

    /// <summary>Whether the same message fails in the same way however often it is heard. What another's change could have caused, such as a key that exists already, is not among it.</summary>
    internal static bool Never(Exception problem)
    {
        for (var cause = problem; cause is not null; cause = cause.InnerException)
        {
            if (cause is BadMessageException or JsonException or FormatException) return true;
            if (cause is SqliteException sqlite) return OfTheMessageInSqlite.Contains(sqlite.SqliteExtendedErrorCode);
            // Values that do not fit; nothing where something must be; a rule of one row broken.
            if (cause is PostgresException postgres) return postgres.SqlState is ['2', '2', ..] or PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.CheckViolation;
        }
        return false;
    }

    /// <summary>Connection lost, rolled back for another's sake, resources such as the disk at an end, stopped by an operator, broken inside.</summary>
    private static bool IsOfTheServer(string state) => state[..2] is "08" or "40" or "53" or "57" or "58" or "XX";
}
