using System.Security.Cryptography;
using Recruitment.Platform;

namespace Recruitment.AllInOne.Backups;

/// <summary>How a backup lies on disk: <c>TARGET/TIME/*.db</c> with its manifest, and <c>TARGET/erasure-keys/TIME.db</c>. For its owner alone.</summary>
internal static class BackupFolder
{
    public const string Stamp = "yyyyMMdd'T'HHmmss'Z'";
    public const string Manifest = "backup.json";
    public const string Keys = "erasure-keys";

    /// <summary>On disk when it returns.</summary>
    public static void Write(string file, byte[] content)
    {
        var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, how);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>With the folders on the way to it, which the option names.</summary>
    public static void Copy(string from, string to, string option)
    {
        PrivateFolder.Make(Path.GetDirectoryName(to)!, option);
        Write(to, []);
        // A piece at a time: a database of evidence may be larger than memory, and than what can be read at once.
        using var read = File.OpenRead(from);
        using var written = new FileStream(to, FileMode.Open, FileAccess.Write);
        read.CopyTo(written);
        written.Flush(flushToDisk: true);
    }

    /// <summary>Of every file in the folder and below, by its path there. Secrets are 32 random bytes or a private key each, so their hashes give nothing away.</summary>
    public static IReadOnlyDictionary<string, string> HashesIn(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), Sha256);

    /// <summary>A short hash of each line of a list of erasures: enough to know one again, and it tells nothing of the random id in it.</summary>
    public static IReadOnlyList<string> LinesOf(string file) =>
        File.Exists(file) ? [.. File.ReadLines(file).Select(line => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(line)).AsSpan(0, 8)))] : [];

    private static string Sha256(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}

/// <summary>What a backup holds.</summary>
/// <remarks>Files: SHA-256 of each. Secrets: the same of what opens it, none of which is in it. Erasures: so many lines the list of erasures had; Erased: which, since 2026-11-30.</remarks>
internal sealed record BackupManifest(int Format, DateTime TakenAt, IReadOnlyDictionary<string, string> Files, IReadOnlyDictionary<string, string> Secrets, int Erasures, IReadOnlyList<string>? Erased = null);
