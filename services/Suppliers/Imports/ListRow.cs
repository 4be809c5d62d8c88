using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Recruitment.Platform;
using Recruitment.Suppliers.Sites;

namespace Recruitment.Suppliers.Imports;

/// <summary>One row of a list: accepted, or refused with the column, a reason and how to mend it.</summary>
internal sealed partial record ListRow(
    int Number, string Name, string Country, string CountryCode, string Address, string? Province, string? Sector, string? VendorNumber,
    int? Workers, double? Latitude, double? Longitude, Refusal? Refused, Remark? Remark)
{
    private const int LongestName = 300;
    private const int LongestAddress = 500;

    /// <summary>What some programs write in the place of a character they do not have.</summary>
    private const int EmptyBox = 0x25A1;

    private const string Unreadable = "Unreadable characters were found; compare the name and address with your own list.";
    private const string Misread = "The list was once saved under a wrong encoding (Ã© for é). The letters were put right; compare the name and address with your own list.";

    /// <summary>What people write where they have nothing to write.</summary>
    private static readonly HashSet<string> Nothing = new(StringComparer.OrdinalIgnoreCase)
    {
        "-", "--", "–", "—", "?", "n/a", "#n/a", "n.a.", "na", "tbc", "tbd", "unknown", "not known", "not available", "not applicable",
    };

    /// <summary>Of a refused row, its cells as the list had them.</summary>
    public KeptRow? Kept { get; init; }

    public Guid Key => Names.SiteKey(Name, CountryCode, Address);

    /// <summary>A row of delimited text whose cells run past the headers (<paramref name="width"/>) is refused: a comma outside quotation marks has moved them.
    /// In a workbook nothing moves, and a remark beside the table is no fault.</summary>
    public static ListRow From(int number, string[] cells, Columns columns, int width)
    {
        string? warning = null;
        var name = Cell(columns.Name);
        var country = Cell(columns.Country, asItIs: true); // NA is Namibia
        var address = Cell(columns.Address);
        var code = Countries.Find(country);
        var workers = ReadWorkers(Cell(columns.Workers), out var badWorkers);
        var said = Cell(columns.Sector);
        var sector = Sectors.Find(said);
        var (latitude, longitude, badPlace) = ReadPlace(Cell(columns.Latitude), Cell(columns.Longitude));
        var refused =
            cells.Skip(width).Any(c => !string.IsNullOrWhiteSpace(c)) ? new Refusal("Name", "too-many-cells", "The row has more cells than there are headers: perhaps a delimiter stands in a text without quotation marks. Put such texts in quotation marks.")
            : Names.IsNone(name) ? new Refusal("Name", "name-missing", Site.NameMissing)
            : name.Length > LongestName ? new("Name", "name-too-long", $"The name is longer than {LongestName} characters. Shorten it; perhaps two columns ran together.")
            : country.Length == 0 ? new("Country", "country-missing", "The country is missing. Add its name or ISO code.")
            : code is null ? new("Country", "country-unknown", Countries.Advice)
            : address.Length > LongestAddress ? new("Address", "address-too-long", $"The address is longer than {LongestAddress} characters. Shorten it.")
            : badPlace ? new("Latitude", "coordinates-wrong", "The coordinates are not degrees (latitude -90 to 90, longitude -180 to 180, with a point). Correct them or leave both empty.")
            : badWorkers ? new("Workers", "workers-wrong", "The number of workers is not a whole number. Correct it or leave it empty.")
            : null;
        return new(number, Cut(name, LongestName), Cut(country, 100), code ?? "", Cut(address, LongestAddress), Null(Cut(Cell(columns.Province), 100)),
            sector, Null(Cut(Cell(columns.VendorNumber), 100)), workers, latitude, longitude, refused,
            Remark.Of(warning, sector is null && said.Length > 0 ? Cut(said, 100) : null));

        string Cell(int? column, bool asItIs = false)
        {
            if (column is not { } at || at >= cells.Length) return "";
            var given = CsvCell.Restored(cells[at]);
            var repaired = TextEncoding.Repaired(given);
            var text = Clean(repaired ?? given, out var unreadable);
            if (unreadable) warning = Unreadable;
            else if (repaired is not null) warning ??= Misread;
            return asItIs || !Nothing.Contains(text) ? text : "";
        }
    }

    /// <summary>A sheet without the columns, for instance a cover page: told, so that nothing is lost in silence.</summary>
    public static ListRow Skipped(int number, string sheet, string why) =>
        new(number, Cut(Clean(sheet, out _), LongestName), "", "", "", null, null, null, null, null, null, new("Name", Refusal.SheetSkipped, $"This sheet was not read. {why}"), null);

    public ListRow AsRepeat(int first) => this with
    {
        Refused = new("Name", "row-repeated", $"The same name, country and address stand in row {first}. Remove one of the two rows."),
    };

    /// <summary>One space between words; control and replacement characters are taken out and told.</summary>
    private static string Clean(string text, out bool unreadable)
    {
        unreadable = false;
        var clean = new StringBuilder(text.Length);
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) space = clean.Length > 0;
            else if (rune == Rune.ReplacementChar || rune.Value == EmptyBox || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.PrivateUse) unreadable = true;
            else
            {
                if (space) clean.Append(' ');
                space = false;
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString();
    }

    private static int? ReadWorkers(string text, out bool bad)
    {
        bad = false;
        if (text.Length == 0) return null;
        if (WholeNumber().Match(text) is { Success: true } found)
        {
            var digits = string.Concat(found.Groups["number"].Value.Where(char.IsAsciiDigit));
            bad = !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var workers) || workers > 1_000_000;
            return bad ? null : workers;
        }
        // Ranges such as 51-100 are common; they say too little to store and are no fault.
        bad = !Range().IsMatch(text);
        return null;
    }

    private static (double?, double?, bool Bad) ReadPlace(string latitude, string longitude)
    {
        if (latitude.Length == 0 && longitude.Length == 0) return (null, null, false);
        var read = Degrees(latitude, out var lat) & Degrees(longitude, out var lng);
        return read && Math.Abs(lat) <= 90 && Math.Abs(lng) <= 180 ? (lat, lng, false) : (null, null, true);
    }

    /// <summary>With a point, or with the comma that half of the world writes in its place.</summary>
    private static bool Degrees(string text, out double degrees) =>
        double.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out degrees);

    /// <summary>Never through the middle of a character.</summary>
    private static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    private static string? Null(string text) => text.Length == 0 ? null : text;

    /// <summary>1,200 and 1.200 are twelve hundred, 420.0 is what a spreadsheet makes of 420, and 12.5 is no number of people.</summary>
    [GeneratedRegex(@"^(?:(?<number>\d{1,3}(?:[.,' ]\d{3})+|\d+)|(?<number>\d+)\.0+)$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^[<>≤≥~≈]?\s*(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)\s*(?:(?:-|–|—|to)\s*(?:\d{1,3}(?:[.,' ]\d{3})+|\d+)|[+<>])?$", RegexOptions.IgnoreCase)]
    private static partial Regex Range();
}

/// <summary>Why a row was refused.</summary>
internal sealed record Refusal(string Column, string Code, string Sentence)
{
    public const string SheetSkipped = "sheet-skipped";
}

/// <summary>What a brand is told about a row that was taken: nothing that it wrote is left out in silence.</summary>
internal sealed record Remark(string? Column, string Code, string Sentence)
{
    /// <summary>Of what was read with changed letters, of a sector that says nothing to us, or of both.</summary>
    public static Remark? Of(string? letters, string? unknownSector)
    {
        if (unknownSector is null) return letters is null ? null : new(null, "characters-replaced", letters);
        var left = $"\"{unknownSector}\" was not understood as one sector and left out. Say the main one, such as apparel, seafood or rubber gloves, or an ISIC division such as 14.";
        return letters is null ? new("Sector", "sector-unknown", left) : new(null, "characters-replaced", $"{letters} Sector: {left}");
    }
}
