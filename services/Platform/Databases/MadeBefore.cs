using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Recruitment.Platform;

/// <summary>Remembers which database files a data folder had: one that is missing or empty by now was lost, to a full disk perhaps, and must not begin anew as if nothing had ever been kept.</summary>
public sealed class MadeBefore
{
    /// <summary>As SQLite numbers them.</summary>
    private const int ReadOnly = 8, Corrupt = 11, CannotOpen = 14, NotADatabase = 26;

    private readonly string file;
    private readonly string mark;

    private MadeBefore(string file)
    {
        this.file = file;
        mark = MarkOf(file);
    }

    /// <summary>Whether the data folder had a database of this name.</summary>
    public static bool IsMarked(string dataFolder, string name) => File.Exists(MarkOf(Path.Combine(dataFolder, $"{name}.db")));

    /// <summary>Does what opens a database first; of one that is lost, damaged or closed to this account it says so in one sentence.</summary>
    /// <returns>For the file to be marked when all is well; null for a database that is no file.</returns>
    public static async Task<MadeBefore?> Open(DbContext db, Func<Task> open, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(open);
        var made = db.Database.IsSqlite() ? new MadeBefore(Path.GetFullPath(db.Database.GetDbConnection().DataSource)) : null;
        try
        {
            if (Directory.Exists(made?.file)) throw new InvalidOperationException($"{made.file} is a folder, where the database should be: take it away, or bring back a copy with ./run restore (docs/backup.md).");
            if (made is not null && File.Exists(made.mark) && !await IsThere(db, stop)) throw new InvalidOperationException(made.IsGone);
            await open();
        }
        catch (SqliteException broken) when (broken.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw new InvalidOperationException(
                $"The database {made?.file} is damaged ({broken.Message.TrimEnd('.')}). Leave it as it is and bring back a copy with ./run restore (docs/backup.md).", broken);
        }
        catch (SqliteException closed) when (closed.SqliteErrorCode is ReadOnly or CannotOpen)
        {
            throw new InvalidOperationException($"The database {made?.file} cannot be written: give this account the right to, or name another folder with DataFolder.", closed);
        }
        return made;
    }

    /// <summary>From now on the data folder had a database of this name.</summary>
    public static void Mark(string dataFolder, string name) => new MadeBefore(Path.GetFullPath(Path.Combine(dataFolder, $"{name}.db"))).Mark();

    public void Mark()
    {
        if (File.Exists(mark)) return;
        PrivateFolder.Make(Path.GetDirectoryName(mark)!);
        // Replicas may say so at one moment.
        using var made = new FileStream(mark, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
    }

    private static string MarkOf(string file) => Path.Combine(Path.GetDirectoryName(file)!, "databases-made", Path.GetFileName(file));

    /// <summary>A file with tables in it.</summary>
    private static async Task<bool> IsThere(DbContext db, CancellationToken stop)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        return await creator.ExistsAsync(stop) && await creator.HasTablesAsync(stop);
    }

    private string IsGone => $"The database {file} was there before and is missing or empty now. It is not begun anew: bring back a copy with ./run restore (docs/backup.md).";
}
