using System.Globalization;
using System.Text;
using Recruitment.Identity.Texts;

namespace Recruitment.Identity.SignInClients;

/// <summary>What a client may call itself where people decide whether to trust it: words, and nothing that looks like other words or like us.</summary>
internal static class ClientName
{
    private const int Longest = 60;

    /// <summary>In its plain form; null when it is none.</summary>
    public static string? Read(string given)
    {
        // What is no text at all cannot be normalised.
        if (given.EnumerateRunes().Any(r => r == Rune.ReplacementChar)) return null;
        var name = given.Normalize(NormalizationForm.FormC);
        return name.Length is >= 2 and <= Longest && name == name.Trim() && name.Any(char.IsLetter) && name.EnumerateRunes().All(IsPlain) && !HasPiledMarks(name) && !MixesLookAlikes(name) && !IsOurs(name) ? name : null;
    }

    /// <summary>No marks of direction, no invisible ones, no markup.</summary>
    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber => true,
        _ => rune.IsAscii && " -.,&'()+:!".Contains((char)rune.Value, StringComparison.Ordinal),
    };

    /// <summary>Thai and Vietnamese have two on one letter; more would cover the lines beside.</summary>
    private static bool HasPiledMarks(string name)
    {
        var marks = 0;
        foreach (var letter in name.Normalize(NormalizationForm.FormD))
        {
            marks = CharUnicodeInfo.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark ? marks + 1 : 0;
            if (marks > 2) return true;
        }
        return false;
    }

    /// <summary>Latin letters beside Greek, Cyrillic or others of which some look the same. Thai and what lies beyond it do not.</summary>
    private static bool MixesLookAlikes(string name)
    {
        var letters = name.Where(char.IsLetter).ToList();
        return letters.Any(IsLatin) && letters.Any(l => !IsLatin(l) && (l < '\u0E00' || l is (>= '\u13A0' and <= '\u13FF') or (>= '\u1D00' and <= '\u1FFF') or (>= '\uA4D0' and <= '\uA4FF') or (>= '\uAB30' and <= '\uABBF')));
    }

    private static bool IsLatin(char letter) => letter is < '\u0250' or (>= '\u1E00' and <= '\u1EFF');

    private static bool IsOurs(string name) => Wordings.Languages.Any(l => Bare(name).Contains(Bare(Wordings.Of(l, "product")), StringComparison.Ordinal));

    /// <summary>Letters and digits alone, without accents or width, and with one sign for those that are read as each other.</summary>
    private static string Bare(string text) => string.Concat(text.Normalize(NormalizationForm.FormKD).ToLowerInvariant().Where(char.IsLetterOrDigit).Select(c => c switch { '1' or 'l' or 'ı' => 'i', '0' => 'o', '3' => 'e', '5' => 's', _ => c }));
}
