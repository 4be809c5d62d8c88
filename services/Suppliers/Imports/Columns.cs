using System.Text.Json;
using System.Text.RegularExpressions;

namespace Recruitment.Suppliers.Imports;

/// <summary>Which column of a list is what, found by the headers that brands use, in several languages.</summary>
internal sealed partial record Columns(int Name, int Country, int? Address, int? Province, int? Sector, int? Latitude, int? Longitude, int? VendorNumber, int? Workers)
{
    public const int RowsBeforeHeader = 15;

    /// <summary>The name, the country and the address first.</summary>
    public int?[] InOrder => [Name, Country, Address, Province, Sector, Latitude, Longitude, VendorNumber, Workers];

    private static readonly Dictionary<string, (string Meaning, int Rank)> Known = Read();

    /// <summary>How many of the cells are headers that we know.</summary>
    public static int Recognised(IEnumerable<string> cells) => cells.Count(c => Meaning(c) is not null);

    /// <summary>The header row among the first ones and what its columns mean, or how to mend that there is none.</summary>
    public static (FoundColumns? Found, UnreadableListException? Missing) Find(IReadOnlyList<string[]> beginning, string sheet)
    {
        var rows = beginning.Take(RowsBeforeHeader).ToList();
        for (var row = 0; row < rows.Count; row++)
        {
            var found = new Dictionary<string, (int At, int Rank)>();
            for (var i = 0; i < rows[row].Length; i++)
            {
                if (Meaning(rows[row][i]) is { } header && (!found.TryGetValue(header.Meaning, out var other) || header.Rank < other.Rank)) found[header.Meaning] = (i, header.Rank);
            }
            if (found.TryGetValue("name", out var name) && found.TryGetValue("country", out var country))
            {
                var columns = new Columns(name.At, country.At, At("address"), At("province"), At("sector"), At("latitude"), At("longitude"), At("vendorNumber"), At("workers"));
                return (new(columns, row, rows[row]), null);
            }

            int? At(string meaning) => found.TryGetValue(meaning, out var i) ? i.At : null;
        }
        var first = rows.Count == 0 ? "" : $" The first row is: {Shorten(string.Join(", ", rows[0]))}.";
        var where = sheet.Length == 0 ? "" : $" of the sheet {Shorten(sheet)}";
        return (null, new("columns-missing",
            $"No row among the first {RowsBeforeHeader}{where} names both a column for the site (Name, Factory name, Supplier) and one for the country (Country).{first} Add these headers and upload the list again."));
    }

    /// <summary>What the header says; the lower the rank the better. One that says more than we know, such as "Name (English)" or "Country / ประเทศ",
    /// counts just below the same header as it stands.</summary>
    private static (string Meaning, int Rank)? Meaning(string cell)
    {
        if (cell.Length > 60) return null;
        if (Known.TryGetValue(Names.Normalised(cell), out var known)) return known;

        var part = Beginning().Match(cell).Value;
        return part.Length < cell.Length && Known.TryGetValue(Names.Normalised(part), out known) ? known with { Rank = known.Rank + 1 } : null;
    }

    /// <summary>Nothing that a page could not show.</summary>
    private static string Shorten(string text) => new string([.. text.Where(c => c < 0x7F ? c >= ' ' : char.IsLetterOrDigit(c)).Take(200)]).Trim();

    private static Dictionary<string, (string, int)> Read()
    {
        using var file = typeof(Columns).Assembly.GetManifestResourceStream("headers.json")!;
        using var json = JsonDocument.Parse(file);
        var known = new Dictionary<string, (string, int)>();
        foreach (var column in json.RootElement.GetProperty("columns").EnumerateObject())
        {
            foreach (var (rank, header) in column.Value.EnumerateArray().Index()) known.TryAdd(Names.Normalised(header.GetString()!), (column.Name, 2 * rank));
        }
        return known;
    }

    /// <summary>Until a bracket, a slash or a line end.</summary>
    [GeneratedRegex(@"^[^(\[/|\r\n]*")]
    private static partial Regex Beginning();
}

/// <summary>Where the headers stand, and what they mean.</summary>
internal sealed record FoundColumns(Columns Columns, int HeaderRow, string[] Headers);
