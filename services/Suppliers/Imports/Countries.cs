using System.Globalization;
using System.Text.Json;

namespace Recruitment.Suppliers.Imports;

/// <summary>A country from its name, ISO code or a usual misspelling, as ISO 3166-1 alpha-3.</summary>
internal static class Countries
{
    public const string Advice = "The country is not known. Write its English name or its ISO code, for instance Thailand, TH or THA.";

    private static readonly Dictionary<string, string> Known = Read();

    /// <summary>The alpha-3 code, or null.</summary>
    public static string? Find(string? text) =>
        text is { Length: > 0 and < 100 } && Known.TryGetValue(Names.Normalised(text), out var code) ? code : null;

    /// <summary>Every code that <see cref="Find"/> can answer with.</summary>
    public static IReadOnlySet<string> Codes { get; } = Known.Values.ToHashSet();

    private static Dictionary<string, string> Read()
    {
        var known = new Dictionary<string, string>();
        // By culture: the runtime refuses some region codes without one.
        var regions = CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(c => c.Name.Length > 0)
            .Select(c => new RegionInfo(c.Name))
            .Where(r => r.TwoLetterISORegionName.All(char.IsAsciiLetterUpper) && r.ThreeLetterISORegionName.Length == 3)
            .DistinctBy(r => r.TwoLetterISORegionName).ToList();
        foreach (var region in regions)
        {
            var code = region.ThreeLetterISORegionName;
            known.TryAdd(Names.Normalised(region.TwoLetterISORegionName), code);
            known.TryAdd(Names.Normalised(code), code);
            known.TryAdd(Names.Normalised(region.EnglishName), code);
        }

        foreach (var culture in CultureInfo.GetCultures(CultureTypes.SpecificCultures).Where(c => c.Name.Length > 0).OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            var region = new RegionInfo(culture.Name);
            if (region.ThreeLetterISORegionName.Length == 3) known.TryAdd(Names.Normalised(region.NativeName), region.ThreeLetterISORegionName);
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
