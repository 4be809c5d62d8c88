using System.Text.Json;

namespace Recruitment.Suppliers.Imports;

/// <summary>The ISIC Rev. 4 division behind a list's word for what a site makes.</summary>
internal static class Sectors
{
    private static readonly (string Word, string Division)[] Words = Read();

    public static string? Find(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        if (trimmed.Length is 1 or 2 && (char.IsAsciiLetterUpper(trimmed[0]) || trimmed.All(char.IsAsciiDigit))) return trimmed;
        var found = Words.FirstOrDefault(w => trimmed.Contains(w.Word, StringComparison.OrdinalIgnoreCase));
        return found.Division;
    }

    private static (string, string)[] Read()
    {
        using var file = typeof(Sectors).Assembly.GetManifestResourceStream("sectors.json")!;
        using var json = JsonDocument.Parse(file);
        return [.. json.RootElement.GetProperty("words").EnumerateObject()
            .SelectMany(d => d.Value.EnumerateArray().Select(w => (w.GetString()!, d.Name)))
            .OrderByDescending(w => w.Item1.Length).ThenBy(w => w.Item1, StringComparer.Ordinal)];
    }
}
