using System.Text;
using System.Text.Unicode;
using UtfUnknown;

namespace Recruitment.Suppliers.Imports;

/// <summary>How a text file is written: a byte order mark says it, else it is UTF-8 if it can be, else the likeliest old code page.</summary>
internal static class TextEncoding
{
    private const int Sample = 1 << 20;
    private static readonly Dictionary<char, byte>[] OldPages = [BytesOf(1252), BytesOf(10000)];

    public static Encoding Of(Stream file)
    {
        var beginning = new byte[Math.Min(Sample, file.Length)];
        file.Position = 0;
        file.ReadExactly(beginning);
        file.Position = 0;

        if (beginning is [0xEF, 0xBB, 0xBF, ..]) return Encoding.UTF8;
        if (beginning is [0xFF, 0xFE, 0, 0, ..]) return Encoding.UTF32;
        if (beginning is [0xFF, 0xFE, ..]) return Encoding.Unicode;
        if (beginning is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode;

        // Text in UTF-16 has a zero for each Latin letter, delimiter and line end, in the same one of two bytes but for a rare letter; a program has them anywhere, other text has none.
        var (even, odd) = (0, 0);
        for (var i = 0; i < beginning.Length; i++)
        {
            if (beginning[i] != 0) continue;
            if (i % 2 == 0) even++;
            else odd++;
        }
        if (Math.Max(odd, even) > beginning.Length / 20 && Math.Min(odd, even) <= Math.Max(odd, even) / 3) return odd >= even ? Encoding.Unicode : Encoding.BigEndianUnicode;

        if (IsUtf8(file)) return Encoding.UTF8;
        return CharsetDetector.DetectFromBytes(beginning).Detected is { Encoding: { } guessed } ? guessed : Encoding.GetEncoding(1252);
    }

    /// <summary>Text that was UTF-8 and was read as Windows or Macintosh Latin by some program before ours, as it was before; null for any other.</summary>
    public static string? Repaired(string text) => Ascii.IsValid(text) ? null : OldPages.Select(page =>
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            // A letter that this code page does not have: it was not read under it.
            if (!page.TryGetValue(text[i], out bytes[i])) return null;
        }
        return Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
    }).FirstOrDefault(t => t is not null);

    private static Dictionary<char, byte> BytesOf(int codePage)
    {
        var page = Encoding.GetEncoding(codePage);
        return Enumerable.Range(0, 256).GroupBy(b => page.GetChars([(byte)b])[0]).ToDictionary(g => g.Key, g => (byte)g.First());
    }

    private static bool IsUtf8(Stream file)
    {
        var buffer = new byte[StoredFile.PieceSize];
        var kept = 0;
        file.Position = 0;
        while (true)
        {
            var read = file.Read(buffer.AsSpan(kept));
            var length = kept + read;
            if (read == 0) return length == 0;

            // A character may be cut by the end of the buffer: up to three bytes wait for the rest.
            var whole = length;
            for (var back = 1; back <= Math.Min(3, length); back++)
            {
                if (buffer[length - back] >= 0xC0)
                {
                    whole = length - back;
                    break;
                }
            }
            if (whole != length && Utf8.IsValid(buffer.AsSpan(0, length))) whole = length;
            if (!Utf8.IsValid(buffer.AsSpan(0, whole))) return false;
            kept = length - whole;
            buffer.AsSpan(whole, kept).CopyTo(buffer);
        }
    }
}
