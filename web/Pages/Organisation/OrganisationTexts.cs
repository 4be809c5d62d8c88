using System.Collections.Frozen;
using System.Text.Json;

namespace Recruitment.Web.Pages.Organisation;

/// <summary>Wordings of an organisation's own pages, one embedded file per language; the language is in the address.</summary>
internal static class OrganisationTexts
{
    public const string English = "en";
    public const string Thai = "th";

    public static IReadOnlyList<string> Languages { get; } = [English, Thai];

    private static readonly FrozenDictionary<string, FrozenDictionary<string, string>> Wordings = Languages.ToFrozenDictionary(language => language, Load);

    /// <summary>The wording; null where there is none of that key.</summary>
    public static string? Find(string language, string key) => Wordings[language].GetValueOrDefault(key);

    private static FrozenDictionary<string, string> Load(string language)
    {
        using var file = typeof(OrganisationTexts).Assembly.GetManifestResourceStream($"organisation.{language}.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }
}
