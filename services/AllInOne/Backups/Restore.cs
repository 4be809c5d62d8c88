using System.Globalization;
using System.Text.Json;
using Recruitment.Grievances;
using Recruitment.Platform;

namespace Recruitment.AllInOne.Backups;

/// <summary>Makes a data folder from a backup, its secrets and the newest list of erasures: whole, or not at all. The product starts on it as on any other.</summary>
/// <remarks>
/// The mark <c>restored</c> makes every service's states count as newer than all that it published before, and be published again; the list of
/// erasures is replayed before intake opens.
/// </remarks>
internal sealed class Restore(string backup, string dataFolder, string secrets, string erasureList, bool withoutCases, TimeProvider time)
{
    /// <summary>As ./run calls the folder that is made.</summary>
    private const string Option = "--data";

    /// <summary>Returns when the backup was taken, and how much is on the list of erasures and since which day: whether it is the newest, only who kept it can tell.</summary>
    public (DateTime TakenAt, int Erasures, DateOnly ListWritten) Bring()
    {
        var manifest = Read();
        RequireSame(backup, manifest.Files, "The backup is damaged: {0} is missing or not as it was written. Take another.");
        RequireSame(secrets, manifest.Secrets, "The secret {0} is not in {1}, or is another one than when the backup was taken. Nothing in it can be opened without: give the folder secrets of that time.");
        RequireNewest(manifest);
        if (Directory.Exists(dataFolder) && Directory.EnumerateFileSystemEntries(dataFolder).Any())
            throw new InvalidOperationException($"{Path.GetFullPath(dataFolder)} is not empty. Restore into a new folder; what is there stays as it is.");
        var keys = KeysOf(backup);
        if (!withoutCases && !File.Exists(keys))
        {
            var why = time.GetUtcNow().UtcDateTime - manifest.TakenAt > Backup.KeysKept
                ? "copies of the erasure keys are kept 7 days, and this backup is older."
                : $"it is written with the backup, in the folder {BackupFolder.Keys} beside it. Bring it there.";
            throw new InvalidOperationException($"There is no {keys}: {why} Without it no case of this backup can be read; to restore everything else, add --without-cases.");
        }

        var aside = $"{Path.GetFullPath(dataFolder).TrimEnd('/')}.restoring";
        if (Directory.Exists(aside)) Directory.Delete(aside, recursive: true);
        PrivateFolder.Make(aside, Option);
        foreach (var file in manifest.Files.Keys.Where(f => f != BackupFolder.Manifest)) BackupFolder.Copy(Path.Combine(backup, file), Path.Combine(aside, file), Option);
        foreach (var file in manifest.Secrets.Keys) BackupFolder.Copy(Path.Combine(secrets, file), Path.Combine(aside, "secrets", file), Option);
        if (!withoutCases) BackupFolder.Copy(keys, Path.Combine(aside, $"{Backup.ErasureKeys}.db"), Option);
        BackupFolder.Copy(erasureList, Path.Combine(aside, "erasure-list"), Option);
        var mark = $"{manifest.TakenAt.ToString(BackupFolder.Stamp, CultureInfo.InvariantCulture)} at {time.GetUtcNow().UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}";
        BackupFolder.Write(Path.Combine(aside, "restored"), System.Text.Encoding.UTF8.GetBytes(mark));
        // A file that gets lost between here and the first start is missed there.
        foreach (var name in Backup.Databases.Concat(withoutCases ? [] : [Backup.ErasureKeys])) MadeBefore.Mark(aside, name);
        if (Directory.Exists(dataFolder)) Directory.Delete(dataFolder);
        Directory.Move(aside, dataFolder);
        return (manifest.TakenAt, BackupFolder.LinesOf(erasureList).Count, DateOnly.FromDateTime(File.GetLastWriteTimeUtc(erasureList)));
    }

    private BackupManifest Read()
    {
        var file = Path.Combine(backup, BackupFolder.Manifest);
        if (!File.Exists(file)) throw new InvalidOperationException($"There is no {BackupFolder.Manifest} in {backup}. Name the folder of one backup, for instance backups/20261128T190000Z.");
        try
        {
            return JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(file)) is { Format: 1, Files.Count: > 0 } manifest
                ? manifest : throw new InvalidOperationException($"{file} is of another version of this product.");
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{file} cannot be read: it is damaged. Take another backup.");
        }
    }

    private static void RequireSame(string folder, IReadOnlyDictionary<string, string> files, string otherwise)
    {
        var there = Directory.Exists(folder) ? BackupFolder.HashesIn(folder) : new Dictionary<string, string>();
        if (files.FirstOrDefault(f => there.GetValueOrDefault(f.Key) != f.Value) is { Key: { } wrong })
            throw new InvalidOperationException(string.Format(CultureInfo.InvariantCulture, otherwise, wrong, folder));
    }

    /// <summary>It only grows: one that has not all that it had at the copy's time is not the newest, or not the list, and what a worker deleted would come back.</summary>
    private void RequireNewest(BackupManifest manifest)
    {
        if (!File.Exists(erasureList))
            throw new InvalidOperationException($"There is no list of erasures at {erasureList}. Give with --erasure-list the file erasure-list as the product last wrote it: without it, what workers deleted would come back.");
        if (GrievancesService.WrongInErasureList(erasureList) is { } wrong) throw new InvalidOperationException($"{wrong} Give with --erasure-list the file erasure-list as the product last wrote it.");
        var listed = BackupFolder.LinesOf(erasureList);
        if (listed.Count < manifest.Erasures || (manifest.Erased ?? []).Except(listed).Any())
        {
            throw new InvalidOperationException(
                $"{erasureList} is not the newest list of erasures: it lacks what was on it when the backup was taken. Give with --erasure-list the file erasure-list as the product last wrote it: without it, what workers deleted would come back.");
        }
    }

    private static string KeysOf(string backup)
    {
        var folder = new DirectoryInfo(backup);
        return Path.Combine(folder.Parent!.FullName, BackupFolder.Keys, $"{folder.Name}.db");
    }
}
