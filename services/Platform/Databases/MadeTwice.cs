using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Recruitment.Platform;

/// <summary>Whether a save failed because the same thing had been made meanwhile: by somebody else, or by the same form sent twice.</summary>
public static class MadeTwice
{
    private const int UniqueIndex = 2067;
    private const int PrimaryKey = 1555;

    public static bool Is(Exception problem) => problem is DbUpdateException { InnerException: { } cause } && IsSaidBy(cause);

    /// <summary>As the database itself says it of one statement.</summary>
    public static bool IsSaidBy(Exception cause) =>
        cause is SqliteException { SqliteExtendedErrorCode: UniqueIndex or PrimaryKey } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };
}
