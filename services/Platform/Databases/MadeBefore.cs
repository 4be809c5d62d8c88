using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Recruitment.Platform;

/// <summary>Remembers which database files a data folder had: one that is missing or empty by now was lost, to a full disk perhaps, and must not begin anew as if nothing had ever been kept.</summary>
internal sealed class MadeBefore
{
    private readonly string file;
    private readonly string mark;

    private MadeBefore(string file)
    {
        this.file = file;
        mark = Path.Combine(Path.GetDirectoryName(file)!, "databases-made", Path.GetFileName(file));
    }

    /// <summary>Null for a database that is no file.</summary>
    public static MadeBefore? Of(DbContext db) => db.Database.IsSqlite() ? new(Path.GetFullPath(db.Database.GetDbConnection().DataSource)) : null;

    /// <summary>A file with tables in it.</summary>
    public static async Task<bool> IsThere(DbContext db, CancellationToken stop)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        return await creator.ExistsAsync(stop) && await creator.HasTablesAsync(stop);
    }

    public bool IsMarked => File.Exists(mark);

    public string IsGone => $"The database {file} was there before and is missing or empty now. It is not begun anew: bring back a copy with ./run restore (docs/backup.md).";

    public void Mark()
    {
        if (IsMarked) return;
        PrivateFolder.Make(Path.GetDirectoryName(mark)!);
        File.WriteAllBytes(mark, []);
    }
}
