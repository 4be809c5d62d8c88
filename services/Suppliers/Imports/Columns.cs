using System.Text.Json;

namespace Recruitment.Suppliers.Imports;

/// <summary>Which column of a list is what, found by the headers that brands use, in several languages.</summary>
internal sealed record Columns(int Name, int Country, int? Address, int? Province, int? Sector, int? Latitude, int? Longitude, int? VendorNumber, int? Workers)
{
    public const int RowsBeforeHeader = 15;

    private static readonly Dictionary<string, string> Known = Read();

    /// <summary>How many of the cells are headers that we know.</summary>
    public static int Recognised(IEnumerable<string> cells) => cells.Count(c => Meaning(c) is not null);

    /// <summary>The header row among the first ones and what its columns mean, or how to mend that there is none.</summary>
    public static (FoundColumns? Found, UnreadableListException? Missing) Find(IReadOnlyList<string[]> beginning, string sheet)
    {
        var rows = beginning.Take(RowsBeforeHeader).ToList();
        for (var row = 0; row < rows.Count; row++)
        {
            var found = new Dictionary<string, int>();
            for (var i = 0; i < rows[row].Length; i++)
            {
                if (Meaning(rows[row][i]) is { } meaning) found.TryAdd(meaning, i);
            }
            if (found.TryGetValue("name", out var name) && found.TryGetValue("country", out var country))
            {
                var columns = new Columns(name, country, At("address"), At("province"), At("sector"), At("latitude"), At("longitude"), At("vendorNumber"), At("workers"));
                return (new(columns, row, rows[row]), null);
            }

            int? At(string meaning) => found.TryGetValue(meaning, out var i) ? i : null;
        }
        var first = rows.Count == 0 ? "" : $" The first row is: {Shorten(string.Join(", ", rows[0]))}.";
        var where = sheet.Length == 0 ? "" : $" of the sheet {Shorten(sheet)}";
        return (null, new("columns-missing",
            $"No row among the first {RowsBeforeHeader}{where} names both a column for the site (Name, Factory name, Supplier) and one for the country (Country).{first} Add these headers and upload the list again."));
    }

    private static string? Meaning(string cell) => Known.GetValueOrDefault(Names.Normalised(cell.Length > 60 ? "" : cell));

    private static string Shorten(string text) => new string([.. text.Where(c => !char.IsControl(c)).Take(200)]).Trim();

    private static Dictionary<string, string> Read()
    {
        using var file = typeof(Columns).Assembly.GetManifestResourceStream("headers.json")!;
        using var json = JsonDocument.Parse(file);
        var known = new Dictionary<string, string>();
        foreach (var column in json.RootElement.GetProperty("columns").EnumerateObject())
        {
            foreach (var header in column.Value.EnumerateArray()) known.TryAdd(Names.Normalised(header.GetString()!), column.Name);
        }
        return known;
    }
}

/// <summary>Where the headers stand, and what they mean.</summary>
internal sealed record FoundColumns(Columns Columns, int HeaderRow, string[] Headers);
