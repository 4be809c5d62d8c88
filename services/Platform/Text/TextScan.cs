using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Recruitment.Platform;

/// <summary>Something in a free text that may point to a person, or claims what no audit can say. For whoever wrote it alone: it belongs in no log and no problem.</summary>
/// <remarks>The id is stable for the same text in the same place, so that an answer to it survives a reload.
/// The kind is name, phone, identity_number, email, exact_date, small_group or claim; a claim is removed, never kept.</remarks>
public sealed record ScanHit(string Id, string Kind, string Where, string Text)
{
    /// <summary>With a reason; a claim is never kept.</summary>
    [JsonIgnore]
    public bool CanBeKept => Kind != "claim";
}

/// <summary>Finds names, phones, papers' numbers, exact dates and small groups before anybody else reads a text (safety). It errs towards asking: a person decides.</summary>
public static partial class TextScan
{
    /// <summary>What is found in one text.</summary>
    /// <param name="where">The place of the text, for the id.</param>
    /// <param name="text">What somebody wrote.</param>
    /// <param name="organisations">Whose names are no person's.</param>
    /// <param name="smallGroupBelow">A number of people below this is a small group.</param>
    public static IEnumerable<ScanHit> In(string where, string text, IReadOnlyCollection<string> organisations, int smallGroupBelow)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Thai, Burmese, Khmer and Lao digits hide a number from a pattern; one character each, so positions stay.
        var plain = string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));
        foreach (var hit in Matches("email", Email()).Concat(Matches("exact_date", ExactDate())).Concat(Matches("exact_date", ExactDateElsewhere()))) yield return hit;
        var dates = ExactDate().Matches(plain);
        foreach (var m in Phone().Matches(plain).Where(m => m.Value.Count(char.IsDigit) >= 7 && !dates.Any(d => Overlap(d, m)))) yield return Hit("phone", m);
        foreach (var hit in Matches("identity_number", Papers()).Concat(Matches("claim", Claim()))) yield return hit;
        foreach (var m in Group().Matches(plain).Where(m => Count(m.Groups[1].Value) < smallGroupBelow)) yield return Hit("small_group", m);
        foreach (var m in GroupElsewhere().Matches(plain).Where(m => Count(m.Groups["n"].Value) < smallGroupBelow)) yield return Hit("small_group", m);
        foreach (var hit in Matches("small_group", Singled())) yield return hit;
        foreach (var m in Name().Matches(plain).Concat(NameElsewhere().Matches(plain)).Concat(Called().Matches(plain)).Where(m => !organisations.Any(o => o.Contains(m.Value, StringComparison.OrdinalIgnoreCase)))) yield return Hit("name", m);

        IEnumerable<ScanHit> Matches(string kind, Regex pattern) => pattern.Matches(plain).Select(m => Hit(kind, m));
        ScanHit Hit(string kind, Match m)
        {
            var found = text.Substring(m.Index, m.Length);
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{where}\n{found}")).AsSpan(0, 8));
            return new(id, kind, where, found);
        }
    }

    private static bool Overlap(Match a, Match b) => a.Index < b.Index + b.Length && b.Index < a.Index + a.Length;

    /// <summary>The number said; 0, which is below every limit, for a numeral of another language, for each of those is one digit.</summary>
    private static int Count(string said) => int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        ? n
        : Array.IndexOf(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], said.ToLowerInvariant()) + 1;

    [GeneratedRegex(@"\bIRIS[-\s]+certified\b|\b(?:approved|endorsed)\s+by\s+IOM\b|(?<!\bnot\s+|\bnon[-\s]+)\bcompliant\b|\bslave[-\s]+free\b|\bfree\s+of\s+forced\s+labou?r\b|\bsafe\s+agency\b|\bconfirmed\s+victims?\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Claim();

    [GeneratedRegex(@"[\w.+-]+@[\w-]+(\.[\w-]+)+")]
    private static partial Regex Email();

    [GeneratedRegex(@"\+?\(?\d[\d\s().-]{5,17}\d")]
    private static partial Regex Phone();

    [GeneratedRegex(@"\b[A-Z]{1,2}\d{6,9}\b|\b\d{13}\b|\b\d-\d{4}-\d{5}-\d{2}-\d\b")]
    private static partial Regex Papers();

    [GeneratedRegex(@"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{1,2}(st|nd|rd|th)?\s+(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s+\d{1,2}\b|\d{1,2}\s*(มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม)", RegexOptions.CultureInvariant)]
    private static partial Regex ExactDate();

    [GeneratedRegex(@"\b(one|two|three|four|five|six|seven|eight|nine|\d{1,4})\s+(?:[\w-]+\s+){0,3}?(workers?|women|woman|men|man|people|persons?|jobseekers?|interviewees?|employees?|migrants?|girls?|boys?|children|applicants?|returnees?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    [GeneratedRegex(@"\b(?:Mr|Mrs|Ms|Miss|Dr|Daw|Ko|Ma|Khun|Nai|Nang)\.?\s+\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}*)*|\bU\s+\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}*)*|(?<=[\p{Ll},;]\s)\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}+)+|\b\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+(?:\s+\p{Lu}\p{Ll}+)*|(?:นางสาว|นาง|นาย|คุณ)\s?[\p{L}\p{M}]{2,}|(?:ဦး|ဒေါ်|ကိုယ်တော်)[\p{L}\p{M}]{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
