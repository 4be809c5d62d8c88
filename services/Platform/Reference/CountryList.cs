using System.Text.Json;

namespace Recruitment.Platform;

/// <summary>Countries by code and name: dated data with a source, the same on every machine. What the culture data of a system call a country changes with it.</summary>
public static class CountryList
{
    private static readonly Lazy<IReadOnlyList<Country>> Read = new(() => ReferenceFile.Read("countries.json", root => root.GetProperty("countries").EnumerateArray()
        .Select(c => new Country(Text(c, "iso2"), Text(c, "iso3"), Text(c, "name"), [.. c.GetProperty("others").EnumerateArray().Select(o => o.GetString()!)])).ToList()));

    private static readonly Lazy<Dictionary<string, string>> Names = new(() => All.ToDictionary(c => c.Iso3, c => c.Name));

    /// <summary>In the order of their English names.</summary>
    public static IReadOnlyList<Country> All => Read.Value;

    /// <summary>The English name behind an alpha-3 code; a code that we do not know stays as it is.</summary>
    public static string Name(string iso3) => Names.Value.GetValueOrDefault(iso3, iso3);

    private static string Text(JsonElement country, string name) => country.GetProperty(name).GetString()!;
}

/// <summary>A country: ISO 3166-1 codes, its English name, and its names in other languages.</summary>
public sealed record Country(string Iso2, string Iso3, string Name, IReadOnlyList<string> Others);
