using System.Text;
using System.Text.RegularExpressions;

namespace Recruitment.Faults.Tests.Faults;

/// <summary>Looks through whatever programs, servers, queues and traces wrote for what none of them may hold: a report's words, a receipt, a secret, a person's address.</summary>
internal sealed partial class Leaks(IReadOnlyDictionary<string, string> forbidden, IEnumerable<string> receipts)
{
    private const int Piece = 4 << 20;

    /// <summary>Longer than whatever is looked for, so that nothing hides where two pieces meet.</summary>
    private const int Overlap = 1 << 10;
    private readonly HashSet<string> digits = receipts.Select(r => Digits().Replace(r, "")).ToHashSet(StringComparer.Ordinal);

    /// <summary>A sentence for each thing found, once for each place.</summary>
    public IEnumerable<string> In(string where, string text) => Found(where, Pieces(text));

    public IEnumerable<string> InFile(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return [.. Found(file, Pieces(stream))];
    }

    private IEnumerable<string> Found(string where, IEnumerable<string> pieces)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var piece in pieces)
        {
            found.UnionWith(forbidden.Where(f => piece.Contains(f.Value, StringComparison.Ordinal)).Select(f => f.Key));
            if (Codes().Matches(piece).Any(m => digits.Contains(Digits().Replace(m.Value, "")))) found.Add("A receipt");
        }
        return found.Select(what => $"{what} is in {where}.");
    }

    private static IEnumerable<string> Pieces(string text)
    {
        for (var at = 0; at < text.Length; at += Piece - Overlap) yield return text.Substring(at, Math.Min(Piece, text.Length - at));
    }

    private static IEnumerable<string> Pieces(Stream stream)
    {
        var (buffer, kept) = (new byte[Piece], 0);
        for (int read; (read = stream.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false)) > 0;)
        {
            var all = kept + read;
            yield return Encoding.Latin1.GetString(buffer, 0, all);
            kept = Math.Min(Overlap, all);
            buffer.AsSpan(all - kept, kept).CopyTo(buffer);
        }
    }

    [GeneratedRegex("[^0-9]")]
    private static partial Regex Digits();

    /// <summary>26 digits, however grouped.</summary>
    [GeneratedRegex("(?:[0-9][ -]?){26}")]
    private static partial Regex Codes();
}
