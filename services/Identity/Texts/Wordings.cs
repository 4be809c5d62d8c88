using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Recruitment.Identity.Texts;

/// <summary>What the issuer's pages and mails say: one embedded file per language, all with the same keys.</summary>
internal static class Wordings
{
    /// <summary>The language of an address that names none.</summary>
    public const string Plain = "en";

    public static IReadOnlyList<string> Languages { get; } = ["en", "th"];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> All = Languages.ToFrozenDictionary(l => l, Load);

    public static IReadOnlyCollection<string> Keys(string language) => All[language].Keys;

    /// <summary>A key that no file has is a mistake in the program, and fails.</summary>
    public static string Of(string language, string key, params object?[] parts) =>
        parts.Length == 0 ? All[language][key] : string.Format(CultureInfo.InvariantCulture, All[language][key], parts);

    private static FrozenDictionary<string, string> Load(string language)
    {
        using var file = typeof(Wordings).Assembly.GetManifestResourceStream($"identity.{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }
}
