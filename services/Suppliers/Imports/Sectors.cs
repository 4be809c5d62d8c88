using System.Text.Json;
using System.Text.RegularExpressions;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>The ISIC Rev. 4 division behind a list's word for what a site makes. What could be two divisions is not chosen from: it is asked about or noted.</summary>
internal static partial class Sectors
{
    private static readonly JsonElement Data = Read();

    /// <summary>Longest first; a word under several divisions says that it is one of them, and one under none agrees with no other.</summary>
    private static readonly (string Word, string[] Divisions)[] Words =
        [.. Data.GetProperty("words").EnumerateObject().SelectMany(d => d.Value.EnumerateArray().Select(w => (Word: w.GetString()!, Division: d.Name)))
            .GroupBy(w => w.Word, w => w.Division).Select(g => (Word: g.Key, Divisions: g.ToArray())).Concat(Texts("undecided").Select(w => (Word: w, Divisions: Array.Empty<string>())))
            .OrderByDescending(w => w.Word.Length).ThenBy(w => w.Word, StringComparer.Ordinal)];

    private static readonly HashSet<string> Products = Texts("products");
    private static readonly HashSet<string> Negations = Texts("negations");

    /// <summary>What can be said instead, for whoever said something else.</summary>
    public const string Advice = "What is made there was not understood as one sector. Say the main one in a common English word, such as apparel, seafood or rubber gloves, or as the number of its ISIC division, such as 14.";

    /// <summary>A section (C), a division (14) or both (C14) as ISIC knows them, or the one division that all words that we know agree on;
    /// null when nothing of it is understood, when two divisions could be meant, and when something is said not to be made.</summary>
    public static string? Find(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        // A spreadsheet makes 1 of 01.
        var code = trimmed.Length == 1 && char.IsAsciiDigit(trimmed[0]) ? "0" + trimmed : trimmed.ToUpperInvariant();
        if (IndustryList.Has(code)) return code;

        var found = Known(trimmed);
        if (found.Count == 0 || Denies(trimmed, found)) return null;
        var agreed = Deciding(trimmed, found).Select(f => f.Divisions.AsEnumerable()).Aggregate((one, other) => one.Intersect(other)).ToList();
        return agreed.Count == 1 ? agreed[0] : null;
    }

    /// <summary>False when something was said and not understood; whoever says nothing is understood.</summary>
    public static bool TryRead(string? text, out string? sector)
    {
        sector = Find(text);
        return sector is not null || string.IsNullOrWhiteSpace(text);
    }

    /// <summary>Every word that we know, where it stands; a shorter one inside a longer one says nothing of its own.</summary>
    private static List<Place> Known(string text)
    {
        var found = new List<Place>();
        foreach (var (word, divisions) in Words)
        {
            for (var at = 0; (at = text.IndexOf(word, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += word.Length)
            {
                if (!found.Exists(f => at < f.End && f.At < at + word.Length)) found.Add(new(at, at + word.Length, word, divisions));
            }
        }
        found.Sort((one, other) => one.At.CompareTo(other.At));
        return found;
    }

    /// <summary>"Not seafood", "everything except seafood" and "nonfood" say what is not made. "Non-woven fabric" is a word of its own.</summary>
    private static bool Denies(string text, List<Place> found) =>
        Word().Matches(text).Any(w => Negations.Contains(w.Value.Replace('’', '\'').ToLowerInvariant()) && !found.Exists(f => w.Index < f.End && f.At < w.Index + w.Length))
        || found.Exists(f => f.At >= 3 && text.AsSpan(f.At - 3, 3).Equals("non", StringComparison.OrdinalIgnoreCase) && (f.At == 3 || !char.IsLetter(text[f.At - 4])));

    /// <summary>What stands right before a product says what it is made of or for: wooden furniture is furniture, and textile machinery machinery.</summary>
    private static IEnumerable<Place> Deciding(string text, List<Place> found) =>
        found.Where((f, i) => i + 1 == found.Count || !Products.Contains(found[i + 1].Word) || !Joined().IsMatch(text[f.End..found[i + 1].At]));

    private static HashSet<string> Texts(string list) => [.. Data.GetProperty(list).EnumerateArray().Select(w => w.GetString()!)];

    private static JsonElement Read()
    {
        using var file = typeof(Sectors).Assembly.GetManifestResourceStream("sectors.json")!;
        using var json = JsonDocument.Parse(file);
        return json.RootElement.Clone();
    }

    /// <summary>The "no" of "no. 3" is a number.</summary>
    [GeneratedRegex(@"\bno\.?\s*\d|[\p{L}]+(?:['’][\p{L}]+)?", RegexOptions.IgnoreCase)]
    private static partial Regex Word();

    /// <summary>The end of a word, then a space or a hyphen.</summary>
    [GeneratedRegex(@"^[\p{L}]*[\s-]+$")]
    private static partial Regex Joined();

    private sealed record Place(int At, int End, string Word, string[] Divisions);
}
