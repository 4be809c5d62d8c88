using Microsoft.Extensions.Options;

namespace Recruitment.Grievances.Erasure;

/// <summary>Which keys were removed, what counts no more, taken back or released already, and which mailboxes were locked: random ids and keyed hashes, sorted, so that none tells which other it belongs to. It lies beside neither database's backups, so that a restore of both cannot undo a deletion or a lock.</summary>
internal sealed class ErasureList(IOptions<GrievancesOptions> options, IOptions<PlatformOptions> platform)
{
    private const string LockMark = $"{ErasureLines.Locked} ";

    /// <summary>That there is a list since the first start: with this mark and without the file, it was lost.</summary>
    private const string MarkName = "erasure-list";
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(10);
    private readonly string file = options.Value.ErasureList is { Length: > 0 } given ? given : Path.Combine(platform.Value.DataFolder, "erasure-list");

    /// <summary>On disk when it returns. Replicas share the file, so each waits for the others: a line that one overwrote would come back with a restore.</summary>
    public async Task Add(IReadOnlyCollection<string> added, CancellationToken stop)
    {
        if (added.Count == 0) return;
        await using var held = await Lock(stop);
        // Begun anew it would lack all that was on it.
        if (!File.Exists(file)) throw new IOException($"The list of erasures {file} is gone.");
        var aside = $"{file}.new";
        await using (var written = new FileStream(aside, Private(FileMode.Create)))
        {
            await using var lines = new StreamWriter(written);
            foreach (var listed in Lines().Concat(added).Distinct().Order(StringComparer.Ordinal)) await lines.WriteLineAsync(listed.AsMemory(), stop);
            await lines.FlushAsync(stop);
            written.Flush(flushToDisk: true);
        }
        DurableFile.Replace(aside, file);
    }

    /// <summary>Throws while it cannot be written: asked before what is to be listed is done, so that whoever is told that nothing was done is told the truth.</summary>
    public void MustTakeMore()
    {
        if (!TakesMore()) throw new AwayException($"The list of erasures {file} is gone or cannot be written.");
    }

    /// <summary>Waits for nobody: whoever writes it at this moment shows that it can be written.</summary>
    private bool TakesMore()
    {
        try
        {
            PrivateFolder.Probe(Path.GetDirectoryName(Path.GetFullPath(file))!);
            return File.Exists(file);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>There from the first start on, so that whoever restores can tell an empty list from a missing one; one that is lost or left behind is never begun anew in silence.</summary>
    public async Task Begin(GrievancesDb db, CancellationToken stop)
    {
        // In the folder of each replica, as a demonstration may have it, there are as many lists as folders, and the database they share knows of none.
        var isOfOneProcess = options.Value.ErasureList.Length == 0 && !db.Database.IsSqlite();
        // Before the file: whoever notes it has made the file already.
        var begun = !isOfOneProcess && await Mark.Of(db, MarkName, stop) is not null;
        var restore = platform.Value.NameOfRestore();
        if (!File.Exists(file) && (begun || restore.Length > 0))
        {
            throw new InvalidOperationException(
                $"There is no list of erasures {file}, and {(restore.Length > 0 ? $"the databases came back by the restore '{restore}'" : "there was one")}: without it, what workers deleted would come back with a restore. Put it there as the product last wrote it (docs/backup.md), or correct Grievances:ErasureList.");
        }
        try
        {
            await using var held = await Lock(stop);
            if (!File.Exists(file)) await File.Create(file, 1, FileOptions.WriteThrough).DisposeAsync();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The list of erasures {file} cannot be written: name a file that can with Grievances:ErasureList.", refused);
        }
        if (ErasureLines.WrongIn(file) is { } wrong) throw new InvalidOperationException($"{wrong} Put the list there as the product last wrote it (docs/backup.md), or correct Grievances:ErasureList.");
        if (!begun && !isOfOneProcess) await Mark.Keep(db, MarkName, "begun", stop);
    }

    /// <summary>A worker locked her mailbox: its case, and where it stands since.</summary>
    public Task AddLock(Guid grievance, string lookupId, CancellationToken stop) => Add([$"{LockMark}{grievance} {lookupId}"], stop);

    public IReadOnlyList<(Guid Grievance, string LookupId)> Locks() =>
        [.. Lines().Where(IsLock).Select(line => line.Split(' ')).Select(parts => (Guid.Parse(parts[1]), parts[2]))];

    public IReadOnlyList<Guid> Keys() => [.. Lines().Where(line => !IsHash(line) && !IsLock(line)).Select(Guid.Parse)];

    /// <summary>Hashes of tokens that count no more.</summary>
    public IReadOnlyList<string> Uncounted() => [.. Lines().Where(IsHash)];

    private static bool IsHash(string line) => ErasureLines.IsHash(line);

    private static bool IsLock(string line) => line.StartsWith(LockMark, StringComparison.Ordinal);

    private string[] Lines() => File.Exists(file) ? File.ReadAllLines(file) : [];

    /// <summary>Held by the open file, so a process that dies lets go of it.</summary>
    private async Task<FileStream> Lock(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new FileStream($"{file}.lock", Private(FileMode.OpenOrCreate));
            }
            catch (IOException held) when (held.GetType() == typeof(IOException) && File.Exists($"{file}.lock"))
            {
                await Task.Delay(Again, stop);
            }
        }
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var how = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return how;
    }
}
