using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Recruitment.Platform;

namespace Recruitment.AllInOne.Backups;

/// <summary>Copies the embedded databases while the product runs: each as of one moment, and the moments as near to each other as opening them takes.</summary>
/// <remarks>
/// Who hears is copied before who publishes, so that no copy knows of something that its publisher's copy does not; what is missing the other way comes when
/// states are published again. Sessions, the tokens behind them, links in mails and the recoveries that they can stop, and the keys of cookies and half-filled forms are taken out of the copies of the web's and of Identity's database: after a restore everybody signs in anew. Neither is there what opens the copies (the folder
/// <c>secrets</c>), nor the list of what workers deleted: both are kept apart from them.
/// </remarks>
/// <param name="dataFolder">The product's.</param>
/// <param name="target">Where the copies go.</param>
/// <param name="time">What they are named after.</param>
/// <param name="copied">Told the name of each database whose copy is on disk.</param>
internal sealed class Backup(string dataFolder, string target, TimeProvider time, Action<string>? copied = null)
{
    /// <summary>Who hears first, who publishes last.</summary>
    public static readonly IReadOnlyList<string> Databases = ["web", "register", "risk", "reports", "accreditation", "grievances", "identity", "suppliers"];

    /// <summary>Held and copied when all others are copied and let go: every case that was copied has its key, or was deleted meanwhile. It lies in a folder of its own, for its copies are kept a few days only.</summary>
    /// <remarks>It has no write-ahead log, in which removed keys would stay: whoever reads it holds up every worker who files or deletes, so it is held no longer than its pages take.</remarks>
    public const string ErasureKeys = "erasure";

    /// <summary>Tables whose rows open something for whoever has them, and are worth nothing after a restore.</summary>
    private static readonly Dictionary<string, string[]> LeftOut = new()
    {
        ["web"] = ["Tickets", "DataProtectionKeys"],
        // Before the authorizations that they belong to.
        ["identity"] = ["OpenIddictTokens", "OpenIddictAuthorizations", "Sessions", "PersonLinks", "Recoveries", "DataProtectionKeys"],
    };

    private static readonly string[] FilesBeside = [WorkingCalendars.FileName, "demonstration-clock", "demonstration-loaded"];

    /// <summary>Since 2026-11: the worker's page says that what she deletes is gone from every copy within 7 days, and the next copy removes the older ones a day later at most.</summary>
    public static readonly TimeSpan KeysKept = TimeSpan.FromDays(6);

    /// <summary>Returns the folder of this backup, whole or not there at all.</summary>
    public string Take()
    {
        var data = new DirectoryInfo(dataFolder);
        if (Databases.FirstOrDefault(n => !File.Exists(FileOf(n))) is { } missing)
            throw new InvalidOperationException($"There is no {missing}.db in {data.FullName}. Name with --data the folder that the product was started with.");
        if (MadeBefore.IsMarked(data.FullName, ErasureKeys) && new FileInfo(FileOf(ErasureKeys)) is not { Exists: true, Length: > 0 })
            throw new InvalidOperationException($"{FileOf(ErasureKeys)} was there before and is missing or empty now: without it no case can be read, nor in a copy made from here. Bring back a copy with ./run restore (docs/backup.md).");
        if (IsBelow(data.FullName, Path.GetFullPath(target)))
            throw new InvalidOperationException($"{Path.GetFullPath(target)} lies in {data.FullName}: whatever takes that folder would take its copies as well. Name another with --to, best on another disk.");
        var taken = time.GetUtcNow().UtcDateTime;
        var stamp = taken.ToString(BackupFolder.Stamp, CultureInfo.InvariantCulture);
        var (partial, whole) = (Path.Combine(target, $"{stamp}.partial"), Path.Combine(target, stamp));
        if (Directory.Exists(whole)) throw new InvalidOperationException($"There is a backup of this second already: {whole}.");

        PrivateFolder.Make(target, "--to");
        // The other would take this one's unfinished copy for one that was killed.
        using var alone = HeldFile.TryTake(Path.Combine(target, ".lock"), "--to")
            ?? throw new InvalidOperationException($"Another backup into {Path.GetFullPath(target)} is under way. Wait until it has ended, or name another folder with --to.");
        var keys = PrivateFolder.Make(Path.Combine(target, BackupFolder.Keys), "--to").FullName;
        // First, so that they go also when the copy fails.
        ForgetOldKeys(keys, taken);
        // One that was killed before it ended may hold what opens sessions.
        foreach (var left in Directory.GetDirectories(target, "*.partial")) Directory.Delete(left, recursive: true);
        PrivateFolder.Make(partial, "--to");
        try
        {
            Fill(partial, keys, stamp, taken);
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
        Directory.Move(partial, whole);
        return whole;
    }

    private void Fill(string partial, string keys, string stamp, DateTime taken)
    {
        CopyCases(partial);
        if (File.Exists(FileOf(ErasureKeys))) CopyKeys(Path.Combine(keys, $"{stamp}.db"));

        foreach (var file in Others()) BackupFolder.Copy(Path.Combine(dataFolder, file), Path.Combine(partial, file), "--to");
        var erased = BackupFolder.LinesOf(Path.Combine(dataFolder, "erasure-list"));
        BackupFolder.Write(Path.Combine(partial, BackupFolder.Manifest), JsonSerializer.SerializeToUtf8Bytes(new BackupManifest(
            1, taken, BackupFolder.HashesIn(partial), BackupFolder.HashesIn(Path.Combine(dataFolder, "secrets")), erased.Count, erased)));
    }

    private void CopyCases(string folder)
    {
        var held = new List<SqliteConnection>();
        string CopyOf(string name) => Path.Combine(folder, $"{name}.db");
        try
        {
            foreach (var name in Databases) held.Add(Hold(name));
            foreach (var (name, one) in Databases.Zip(held))
            {
                Copy(one, CopyOf(name));
                copied?.Invoke(name);
            }
        }
        finally
        {
            foreach (var one in held) one.Dispose();
        }
        foreach (var name in Databases) Finish(CopyOf(name), LeftOut.GetValueOrDefault(name, []));
    }

    private void CopyKeys(string file)
    {
        // By way of memory: no worker waits for the disk that the copy goes to.
        using var aside = OfFile(":memory:");
        using (var held = Hold(ErasureKeys)) held.BackupDatabase(aside);
        Copy(aside, file);
        copied?.Invoke(ErasureKeys);
        Finish(file, []);
    }

    private static bool IsBelow(string folder, string file) => Path.GetRelativePath(folder, file) is var way && way != ".." && !way.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(way);

    /// <summary>The operator's own calendars, what she added to the risk method's data, and what a demonstration keeps beside its databases.</summary>
    private IEnumerable<string> Others()
    {
        foreach (var name in FilesBeside.Where(n => File.Exists(Path.Combine(dataFolder, n)))) yield return name;
        var added = Path.Combine(dataFolder, "risk");
        if (!Directory.Exists(added)) yield break;
        foreach (var file in Directory.EnumerateFiles(added, "*", SearchOption.AllDirectories)) yield return Path.GetRelativePath(dataFolder, file);
    }

    private string FileOf(string name) => Path.Combine(dataFolder, $"{name}.db");

    /// <summary>From here on this connection sees the database as it is now, whoever writes meanwhile.</summary>
    private SqliteConnection Hold(string name)
    {
        var held = OfFile(FileOf(name));
        foreach (var sql in new[] { "PRAGMA busy_timeout=15000", "BEGIN DEFERRED", "SELECT COUNT(*) FROM sqlite_schema" })
        {
            using var command = held.CreateCommand();
            command.CommandText = sql;
            command.ExecuteScalar();
        }
        return held;
    }

    private static void Copy(SqliteConnection held, string file)
    {
        BackupFolder.Write(file, []);
        using var copy = OfFile(file);
        held.BackupDatabase(copy);
    }

    /// <summary>A file by itself, with no log beside it; whole, or no backup.</summary>
    private static void Finish(string file, string[] leftOut)
    {
        using var copy = OfFile(file);
        Empty(copy, leftOut);
        using var check = copy.CreateCommand();
        check.CommandText = "PRAGMA journal_mode=DELETE; PRAGMA integrity_check;";
        using var answers = check.ExecuteReader();
        answers.NextResult();
        answers.Read();
        if (answers.GetString(0) is not "ok" and var wrong) throw new InvalidOperationException($"The copy {file} is not sound: {wrong}. Nothing was backed up.");
    }

    private static SqliteConnection OfFile(string file)
    {
        var open = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ConnectionString);
        open.Open();
        return open;
    }

    /// <summary>Not only out of the table: out of the file.</summary>
    private static void Empty(SqliteConnection copy, string[] tables)
    {
        if (tables.Length == 0) return;
        using var command = copy.CreateCommand();
        command.CommandText = $"{string.Concat(tables.Select(t => $"DELETE FROM \"{t}\"; "))}VACUUM;";
        command.ExecuteNonQuery();
    }

    private static void ForgetOldKeys(string keys, DateTime now)
    {
        foreach (var file in Directory.EnumerateFiles(keys, "*.db"))
        {
            if (DateTime.TryParseExact(Path.GetFileNameWithoutExtension(file), BackupFolder.Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var taken)
                && now - taken > KeysKept) File.Delete(file);
        }
    }
}
