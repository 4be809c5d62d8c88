using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Recruitment.Platform;

/// <summary>Whether a save failed because the same thing had been made meanwhile: by somebody else, or by the same form sent twice.</summary>
internal static class MadeTwice
{
    private const int UniqueIndex = 2067;
    private const int PrimaryKey = 1555;

    public static bool Is(Exception problem) => problem is DbUpdateException
    {
        InnerException: SqliteException { SqliteExtendedErrorCode: UniqueIndex or PrimaryKey } or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation },
    };
}
