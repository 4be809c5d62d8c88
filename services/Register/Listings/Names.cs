using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Register.Listings;

/// <summary>Names as people type them: case, accents and punctuation make no difference.</summary>
internal static class Names
{
    /// <summary>Letters and digits of any script, one space between words. Thai and Burmese vowel signs stay: without them words fall together.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c)) folded.Append(c);
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                if (c > '\u036F') folded.Append(c);
            }
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }
        return folded.ToString().TrimEnd();
    }

    public static HashSet<string> Grams(string name)
    {
        var padded = $" {Fold(name)} ";
        return [.. Enumerable.Range(0, Math.Max(1, padded.Length - 2)).Select(i => padded.Substring(i, Math.Min(3, padded.Length - i)))];
    }

    /// <summary>Shared grams over all grams of both, in percent.</summary>
    public static int Likeness(string one, string other)
    {
        var (a, b) = (Grams(one), Grams(other));
        var shared = a.Count(b.Contains);
        return 100 * shared / (a.Count + b.Count - shared);
    }

    /// <summary>Who shares how many of these pieces, from the pieces: the whole register is not counted through for every stranger who asks.</summary>
    public static IQueryable<Shared> Sharing(this RegisterDb db, IReadOnlyCollection<string> grams) => db.NameGrams.AsNoTracking().Where(g => grams.Contains(g.Gram))
        .GroupBy(g => g.RecruiterId).Select(g => new Shared { RecruiterId = g.Key, Grams = g.Count() });

    /// <summary>So many pieces of a name in common.</summary>
    internal sealed class Shared
    {
        public required Guid RecruiterId { get; init; }
        public required int Grams { get; init; }
    }

    /// <summary>Makes a recruiter findable by its present name.</summary>
    public static async Task Index(this RegisterDb db, Recruiter recruiter, CancellationToken stop)
    {
        var wanted = Grams(recruiter.Name);
        var present = await db.NameGrams.Where(g => g.RecruiterId == recruiter.Id).ToListAsync(stop);
        db.NameGrams.RemoveRange(present.Where(g => !wanted.Contains(g.Gram)));
        db.NameGrams.AddRange(wanted.Except(present.Select(g => g.Gram)).Select(g => new NameGram { Gram = g, RecruiterId = recruiter.Id }));
    }
}
