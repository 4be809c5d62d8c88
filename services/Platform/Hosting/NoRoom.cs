using Microsoft.Data.Sqlite;
using Npgsql;

namespace Recruitment.Platform;

/// <summary>Whether a failure is that nothing more can be written: a full disk, or one that takes nothing.</summary>
public static class NoRoom
{
    /// <summary>As SQLite numbers them: reading or writing the file, which is also how a full disk shows under its log, and disk full.</summary>
    private const int InputOutput = 10, Full = 13;

    /// <summary>As Linux numbers them: no space, and no space for this account. Then as Windows does.</summary>
    private static readonly int[] OfFiles = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static bool Is(Exception problem) => CauseOf(problem) is not null;

    /// <summary>What to do about it, as one sentence; null when it is something else.</summary>
    internal static string? Sentence(Exception problem, string dataFolder) => CauseOf(problem) switch
    {
        null => null,
        PostgresException server => $"PostgreSQL has no room left on its disk ({server.MessageText.TrimEnd('.')}): make room there, and start this again.",
        { } cause => $"{Path.GetFullPath(dataFolder)} takes no more data ({cause.Message.TrimEnd('.')}): make room on its disk, or see whether that is damaged, and start this again. What was kept before stays as it is.",
    };

    private static Exception? CauseOf(Exception? problem) => problem switch
    {
        null => null,
        SqliteException { SqliteErrorCode: InputOutput or Full } or PostgresException { SqlState: PostgresErrorCodes.DiskFull } => problem,
        IOException when OfFiles.Contains(problem.HResult) => problem,
        AggregateException several => several.InnerExceptions.Select(CauseOf).FirstOrDefault(c => c is not null),
        _ => CauseOf(problem.InnerException),
    };
}
