using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Recruitment.Identity.Credentials;

/// <summary>Passwords that everybody tries first: a short list of ours, and the operator's file, searched where it lies. Nothing is asked of anybody else.</summary>
internal sealed class BreachedPasswords(IOptions<OwnPasswordOptions> options)
{
    private const int LongestLine = 128;
    private static readonly HashSet<string> Ours = Read();

    [SuppressMessage("Security", "CA5350", Justification = "The lists that there are have it; what is kept of a password is made by PasswordHashes.")]
    public bool Has(string password) =>
        Ours.Contains(password) || (options.Value.Breached is { Length: > 0 } file && IsIn(file, Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)))));

    /// <summary>Why the file cannot be searched; null when it can, or there is none.</summary>
    public static string? Wrong(string file)
    {
        if (file.Length == 0) return null;
        try
        {
            using var lines = File.OpenRead(file);
            return LineFrom(lines, 0) is { Length: >= 10 and <= 40 } hash && hash.All(Uri.IsHexDigit) ? null : $"Identity:Passwords:Breached: {file} does not begin with a SHA-1 hash in hexadecimal.";
        }
        catch (Exception away) when (away is IOException or UnauthorizedAccessException)
        {
            return $"Identity:Passwords:Breached: {file} cannot be read.";
        }
    }

    /// <summary>Halves the file again and again; some 40 short reads in one of 40 GB.</summary>
    private static bool IsIn(string file, string hash)
    {
        using var lines = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        var (from, to) = (0L, lines.Length);
        while (from < to)
        {
            var middle = from + ((to - from) / 2);
            // The first line that begins at or after the middle.
            var line = LineFrom(lines, middle);
            var order = line is null ? 1 : string.Compare(line, 0, hash, 0, line.Length, StringComparison.OrdinalIgnoreCase);
            if (order == 0) return true;
            if (order > 0) to = middle;
            else from = middle + 1;
        }
        return false;
    }

    /// <summary>The hash in the first line that begins at this place or behind it; null when none does.</summary>
    private static string? LineFrom(FileStream lines, long place)
    {
        var before = place == 0 ? 0 : 1;
        lines.Position = place - before;
        Span<byte> bytes = stackalloc byte[LongestLine * 2];
        bytes = bytes[..lines.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        if (before == 1)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0) return null;
            bytes = bytes[(end + 1)..];
        }
        var length = bytes.IndexOfAny((byte)':', (byte)'\r', (byte)'\n');
        var hash = Encoding.ASCII.GetString(length < 0 ? bytes : bytes[..length]);
        return hash.Length == 0 ? null : hash;
    }

    private static HashSet<string> Read()
    {
        using var list = new StreamReader(typeof(BreachedPasswords).Assembly.GetManifestResourceStream("identity.common-passwords.txt")!);
        return new(list.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
    }
}
