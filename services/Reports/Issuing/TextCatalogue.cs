using System.Collections.Frozen;
using System.Text.Json;

namespace Recruitment.Reports.Issuing;

/// <summary>The fixed phrases of a report, one file per language in Texts/. Wordings only; all are drafts until the operator's review says otherwise.</summary>
internal static class TextCatalogue
{
    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Languages = Load();

    public static IReadOnlyCollection<string> Codes => Languages.Keys;

    public static bool Has(string language) => Languages.ContainsKey(language);

    public static string Text(string language, string key) => Languages[language][key];

    public static IEnumerable<(string Language, string Key, string Text)> All() =>
        Languages.SelectMany(l => l.Value.Select(t => (l.Key, t.Key, t.Value)));

    private static FrozenDictionary<string, FrozenDictionary<string, string>> Load()
    {
        var assembly = typeof(TextCatalogue).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.StartsWith("Texts.", StringComparison.Ordinal)).ToFrozenDictionary(
            name => name["Texts.".Length..^".json".Length],
            name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary();
            });
    }
}
