using System.Text.Json;
using Recruitment.Platform;

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
        foreach (var country in CountryList.All)
        {
            foreach (var text in new[] { country.Iso2, country.Iso3, country.Name }) known.TryAdd(Names.Normalised(text), country.Iso3);
        }
        // After all codes: a word for one country in some language may be the code of another.
        foreach (var country in CountryList.All)
        {
            foreach (var name in country.Others) known.TryAdd(Names.Normalised(name), country.Iso3);
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
