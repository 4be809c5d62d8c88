using System.Globalization;
using System.Text.Json;

namespace Recruitment.Suppliers.Imports;

/// <summary>A country from its name, ISO code or a usual misspelling, as ISO 3166-1 alpha-3.</summary>
internal static class Countries
{
    public const string Advice = "The country is not known. Write its English name or its ISO code, for instance Thailand, TH or THA.";

    private static readonly string[] Languages = ["en", "de", "fr", "es", "pt", "it", "nl", "th", "vi", "zh", "tr", "id", "my", "km", "lo"];
    private static readonly Dictionary<string, string> Known = Read();

    /// <summary>The alpha-3 code, or null.</summary>
    public static string? Find(string? text) =>
        text is { Length: > 0 and < 100 } && Known.TryGetValue(Names.Normalised(text), out var code) ? code : null;

    /// <summary>Every code that <see cref="Find"/> can answer with.</summary>
    public static IReadOnlySet<string> Codes { get; } = Known.Values.ToHashSet();

    private static Dictionary<string, string> Read()
    {
        var known = new Dictionary<string, string>();
        var regions = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(c => c.Name.Split('-').Last()).Where(r => r.Length == 2 && r.All(char.IsAsciiLetterUpper)).Distinct().Order(StringComparer.Ordinal)
            .Select(r => new RegionInfo(r)).Where(r => r.ThreeLetterISORegionName.Length == 3).ToList();
        foreach (var region in regions)
        {
            var code = region.ThreeLetterISORegionName;
            known.TryAdd(Names.Normalised(region.TwoLetterISORegionName), code);
            known.TryAdd(Names.Normalised(code), code);
            known.TryAdd(Names.Normalised(region.EnglishName), code);
        }

        var before = CultureInfo.CurrentUICulture;
        try
        {
            foreach (var language in Languages)
            {
                CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
                // A new object each time: the old one keeps the name of the first language.
                foreach (var region in regions) known.TryAdd(Names.Normalised(new RegionInfo(region.Name).DisplayName), region.ThreeLetterISORegionName);
            }
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }

        using var file = typeof(Countries).Assembly.GetManifestResourceStream("countries.json")!;
        using var json = JsonDocument.Parse(file);
        foreach (var country in json.RootElement.GetProperty("aliases").EnumerateObject())
        {
            known[Names.Normalised(country.Name)] = country.Name;
            foreach (var alias in country.Value.EnumerateArray()) known[Names.Normalised(alias.GetString()!)] = country.Name;
        }
        return known;
    }
}
