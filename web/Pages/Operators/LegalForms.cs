using System.Globalization;
using System.Text;

namespace Recruitment.Web.Pages.Operators;

/// <summary>What of an organisation's name says only what kind of company it is, and what is left without it.</summary>
/// <remarks>
/// Collected in November 2026 from how the company laws of the countries that we work with have names written: Thailand (Civil and Commercial Code; Public Limited Companies Act B.E. 2535),
/// Viet Nam (Law on Enterprises 59/2020), Malaysia (Companies Act 2016), Singapore, Myanmar, Cambodia, Laos, the United Kingdom, the United States and Germany, with their usual abbreviations. Not complete;
/// a fuller collection to add from is the list of Entity Legal Forms of ISO 20275, which GLEIF publishes. It decides only whether the administrator is asked.
/// </remarks>
internal static class LegalForms
{
    private static readonly string[] Before =
    [
        "บริษัท", "บจก", "บมจ", "หจก", "ห้างหุ้นส่วนจำกัด", "ห้างหุ้นส่วนสามัญนิติบุคคล", "ห้างหุ้นส่วนสามัญ", "ห้างหุ้นส่วน",
        "Công ty", "Công ty TNHH", "Công ty TNHH MTV", "Công ty TNHH một thành viên", "Công ty trách nhiệm hữu hạn", "Công ty trách nhiệm hữu hạn một thành viên",
        "Công ty cổ phần", "Công ty CP", "CTCP", "Cty", "Cty TNHH", "Cty TNHH MTV", "Cty CP", "Công ty hợp danh", "Doanh nghiệp tư nhân", "DNTN",
        "ក្រុមហ៊ុន", "សហគ្រាស", "ບໍລິສັດ", "ວິສາຫະກິດ", "PT", "CV",
    ];

    private static readonly string[] After =
    [
        "Co", "Company", "Ltd", "Limited", "Coltd", "PLC", "Public", "Public Company", "Private", "Pvt", "Pte", "Pty", "Inc", "Incorporated", "LLC", "LLP", "Corp", "Corporation",
        "JSC", "Joint Stock Company", "Joint Stock", "Limited Liability Company", "Limited Partnership", "Partnership", "TNHH", "TNHH MTV", "Cổ phần",
        "Sdn", "Bhd", "Sendirian", "Berhad", "PLT", "Tbk",
        "GmbH", "mbH", "Gesellschaft mit beschränkter Haftung", "AG", "Aktiengesellschaft", "KG", "OHG", "UG", "UG haftungsbeschränkt", "SE", "eK",
        "จำกัด", "มหาชน", "ຈຳກັດ", "ຈຳກັດຜູ້ດຽວ", "ມະຫາຊົນ", "ឯ.ក", "ខូអិលធីឌី", "លីមីតធីត", "ကုမ္ပဏီ", "လီမိတက်", "Kumpani", "Limitet",
    ];

    /// <summary>"Rose &amp; Thorn" is "Rose and Thorn". Thai writes it between two words without a space.</summary>
    private static readonly string[] And = ["and", "und", "và", "dan", "และ", "និង", "ແລະ", "နှင့်"];

    private static readonly string[][] FormsBefore = Longest(Before);
    private static readonly string[][] FormsAfter = Longest(After);
    private static readonly HashSet<string> Ands = [.. And.SelectMany(Words)];

    /// <summary>The words that are left; all of them where the name is nothing but a legal form.</summary>
    public static IReadOnlyList<string> Without(string name)
    {
        var all = Words(name).Where(w => !Ands.Contains(w)).ToList();
        var left = new List<string>(all);
        while (TakeForm(left)) continue;
        return left.Count == 0 ? all : left;
    }

    private static bool TakeForm(List<string> words)
    {
        if (FormsBefore.FirstOrDefault(f => words.Take(f.Length).SequenceEqual(f)) is { } before) words.RemoveRange(0, before.Length);
        else if (FormsAfter.FirstOrDefault(f => words.TakeLast(f.Length).SequenceEqual(f)) is { } after) words.RemoveRange(words.Count - after.Length, after.Length);
        else return TakeOffWord(words);
        return true;
    }

    /// <summary>Scripts that are written without spaces: the form is a part of the first word or of the last.</summary>
    private static bool TakeOffWord(List<string> words)
    {
        if (words.Count == 0) return false;
        if (FormsBefore.FirstOrDefault(f => IsWrittenTogether(f) && words[0].StartsWith(f[0], StringComparison.Ordinal)) is { } before) words[0] = words[0][before[0].Length..];
        else if (FormsAfter.FirstOrDefault(f => IsWrittenTogether(f) && words[^1].EndsWith(f[0], StringComparison.Ordinal)) is { } after) words[^1] = words[^1][..^after[0].Length];
        else return false;
        return true;
    }

    private static bool IsWrittenTogether(string[] form) => form.Length == 1 && form[0][0] > '\u0e00';

    private static string[][] Longest(string[] forms) => [.. forms.Select(f => Words(f).ToArray()).OrderByDescending(f => string.Concat(f).Length)];

    /// <summary>In small letters without Latin accents, as the directory compares names; an abbreviation with points ("P.L.C.") is one word.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var whole = string.Concat(text.EnumerateRunes().Select(r => r.ToString())).Normalize(NormalizationForm.FormKD).ToLowerInvariant();
        foreach (var together in And.Where(a => a[0] > '\u0e00')) whole = whole.Replace(together.Normalize(NormalizationForm.FormKD), " & ", StringComparison.Ordinal);
        var (word, sincePoint) = (new StringBuilder(), 0);
        foreach (var rune in whole.EnumerateRunes())
        {
            var mark = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            if (mark && rune.Value is >= 0x300 and <= 0x36F) continue;
            if (mark || Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune.ToString());
                sincePoint++;
                continue;
            }
            var within = rune.Value is '\'' or '’' || (rune.Value == '.' && sincePoint == 1);
            sincePoint = 0;
            if (within || word.Length == 0) continue;
            yield return word.ToString();
            word.Clear();
        }
        if (word.Length > 0) yield return word.ToString();
    }
}
