using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Recruitment.Reports.Issuing;

/// <summary>R-2026-XXX-XXX-XXX: eight random symbols (31 to the 8th, about 8.5e11) and one that catches typing errors. No counter, so nothing to enumerate.</summary>
internal static partial class ReportNumber
{
    /// <summary>Digits and letters that are not mistaken for one another: no 0, 1, I, L, O. A prime count, so that the check symbol sees every swap.</summary>
    private const string Symbols = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    public static string New(int year)
    {
        var random = RandomNumberGenerator.GetString(Symbols, 8);
        var all = random + Check(random);
        return FormattableString.Invariant($"R-{year}-{all[..3]}-{all[3..6]}-{all[6..]}");
    }

    /// <summary>A code printed beside the number, not shown by the verification page: whoever has the paper can have it confirmed.</summary>
    public static string NewCheckCode() => RandomNumberGenerator.GetString(Symbols, 8);

    /// <summary>The code as we print it, however it was typed: people write it in groups.</summary>
    public static string ReadCheckCode(string typed) => string.Concat(typed.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>The number as we write it, however it was typed; null when it cannot be one of ours.</summary>
    public static string? Read(string typed)
    {
        var match = Shape().Match(typed.Trim().ToUpperInvariant());
        if (!match.Success) return null;

        var all = string.Concat(match.Groups[2].Value.Where(char.IsAsciiLetterOrDigit));
        return all.Length == 9 && all.All(Symbols.Contains) && all[8] == Check(all[..8])
            ? $"R-{match.Groups[1].Value}-{all[..3]}-{all[3..6]}-{all[6..]}"
            : null;
    }

    private static char Check(string random) => Symbols[random.Select((c, i) => (i + 1) * Symbols.IndexOf(c, StringComparison.Ordinal)).Sum() % Symbols.Length];

    [GeneratedRegex(@"^R[-\s]?(\d{4})[-\s]?((?:[A-Z0-9][-\s]?){9})$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
