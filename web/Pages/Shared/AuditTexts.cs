using System.Collections.Frozen;
using System.Text.Json;

namespace Recruitment.Web.Pages.Shared;

/// <summary>Wordings of the pages of the audit trail, one embedded file per language.</summary>
internal static class AuditTexts
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Wordings = new[] { "en", "th" }.ToFrozenDictionary(l => l, Load);

    public static string Of(string language, string key) => Find(language, key) ?? Wordings["en"][key];

    /// <summary>Null where this language has none.</summary>
    public static string? Find(string language, string key) => Wordings[language].GetValueOrDefault(key);

    public static IReadOnlyCollection<string> Keys(string language) => Wordings[language].Keys;

    private static FrozenDictionary<string, string> Load(string language)
    {
        using var file = typeof(AuditTexts).Assembly.GetManifestResourceStream($"audit.{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }
}
