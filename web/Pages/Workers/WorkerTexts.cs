using System.Text.Json;

namespace Recruitment.Web.Pages.Workers;

/// <summary>Wordings for workers, one embedded file per language. All are drafts: no review can be recorded in a file.</summary>
internal static class WorkerTexts
{
    public static IReadOnlyList<string> Languages { get; } = ["th", "my", "km", "lo", "vi", "en"];

    private static readonly Dictionary<string, Dictionary<string, string>> Wordings = Languages.ToDictionary(l => l, Load);

    /// <summary>The wording; in English when this language has none yet, so that a page never stays empty.</summary>
    public static string Of(string language, string key) =>
        Wordings[language].TryGetValue(key, out var text) ? text : Wordings["en"].GetValueOrDefault(key, key);

    public static IReadOnlyCollection<string> KeysOf(string language) => Wordings[language].Keys;

    private static Dictionary<string, string> Load(string language)
    {
        using var file = typeof(WorkerTexts).Assembly.GetManifestResourceStream($"workers.{language}.json");
        return file is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(file)!;
    }
}
