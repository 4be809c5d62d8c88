using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Recruitment.Suppliers;

/// <summary>When two spellings are the same name: case, spaces, punctuation and Latin accents do not count.</summary>
internal static class Names
{
    /// <summary>Letters, digits and the vowel signs of Asian scripts, which are marks but carry the word.</summary>
    public static string Normalised(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var mark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (Rune.IsLetterOrDigit(rune) || (mark && rune.Value is < 0x300 or > 0x36F)) kept.Append(Rune.ToLowerInvariant(rune).ToString());
        }
        return kept.ToString();
    }

    /// <summary>Spaces and punctuation alone: two of these would be the same name, and none of them is one.</summary>
    public static bool IsNone(string name) => Normalised(name).Length == 0;

    /// <summary>One key for one organisation: its kind, name and country.</summary>
    public static Guid PartyKey(string kind, string name, string country) => Key(kind, Normalised(name), country);

    /// <summary>One key for one place: name, country and address.</summary>
    public static Guid SiteKey(string name, string country, string address) => Key(Normalised(name), country, Normalised(address));

    /// <summary>One id for what one brand says of one place.</summary>
    public static Guid ListingId(PartyId brand, SiteId site) => Key("listing", $"{brand.Value}", $"{site.Value}");

    /// <summary>One id for one name that a site had, however it was spelt.</summary>
    public static Guid FormerNameId(SiteId site, string name) => Key("former", $"{site.Value}", Normalised(name));

    /// <summary>Every three neighbouring characters, with the beginning marked; the whole text of a search must share them.</summary>
    public static IEnumerable<string> Grams(string text)
    {
        var padded = "^" + Normalised(text);
        return padded.Length < 3 ? [] : Enumerable.Range(0, padded.Length - 2).Select(i => padded.Substring(i, 3)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>Close enough to be asked about: half of all pieces in common, or nearly all of the shorter name's, as when one carries a country or a legal form more.</summary>
    public static bool Alike(string one, string other)
    {
        var (first, second) = (Grams(one).ToHashSet(StringComparer.Ordinal), Grams(other).ToHashSet(StringComparer.Ordinal));
        var shared = first.Count(second.Contains);
        return shared > 0 && (2 * shared >= first.Count + second.Count - shared || 5 * shared >= 4 * Math.Min(first.Count, second.Count));
    }

    /// <summary>A lone surrogate cannot be normalised; it becomes the replacement character.</summary>
    private static string Whole(string text) => string.Concat(text.EnumerateRunes().Select(r => r.ToString()));

    private static Guid Key(params ReadOnlySpan<string> parts) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts!)))[..16]);
}
