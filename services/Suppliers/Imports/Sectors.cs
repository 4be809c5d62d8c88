using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>The ISIC Rev. 4 division behind a list's word for what a site makes.</summary>
internal static class Sectors
{
    private static readonly (string Word, string Division)[] Words = Read();

    /// <summary>What can be said instead, for whoever said something else.</summary>
    public const string Advice = "What is made there was not understood. Say it in a common English word, such as apparel, seafood or rubber gloves, or as the number of its ISIC division, such as 14.";

    /// <summary>A section (C), a division (14) or both (C14) as ISIC knows them, or the division of the longest word that we know; null when nothing of it is understood.</summary>
    public static string? Find(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var trimmed = text.Trim();
        // A spreadsheet makes 1 of 01.
        var code = trimmed.Length == 1 && char.IsAsciiDigit(trimmed[0]) ? "0" + trimmed : trimmed.ToUpperInvariant();
        return IndustryList.Has(code) ? code : Words.FirstOrDefault(w => trimmed.Contains(w.Word, StringComparison.OrdinalIgnoreCase)).Division;
    }

    /// <summary>False when something was said and not understood; whoever says nothing is understood.</summary>
    public static bool TryRead(string? text, out string? sector)
    {
        sector = Find(text);
        return sector is not null || string.IsNullOrWhiteSpace(text);
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
