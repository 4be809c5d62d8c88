namespace Recruitment.Suppliers.Imports;

/// <summary>One table for the refused rows of a list: ours are the first columns, then come the list's own under its own headings.</summary>
/// <remarks>Sheets of a workbook may call the same differently. What we read of them goes under one heading, the one that wins where both stand; everything else under its own.</remarks>
internal sealed class RefusedTable
{
    /// <summary>Nobody's list has these, and the reader of lists leaves them out.</summary>
    private static readonly string[] Ours = ["Refused row", "Refused column", "Refused code", "Refused: what to do"];

    private static readonly HashSet<string> Left = [.. Ours.Select(Names.Normalised)];

    private readonly List<string> headings = [];
    private readonly Dictionary<(string Heading, int Nth), int> places = [];
    private readonly int[] read;

    /// <summary>From the headings of every sheet, in their order.</summary>
    public RefusedTable(IReadOnlyList<string[]> sheets)
    {
        string[] all = [.. sheets.SelectMany(s => s)];
        var best = Meanings(all);
        read = [.. Enumerable.Repeat(-1, best.Length)];
        foreach (var sheet in sheets)
        {
            var meanings = Meanings(sheet);
            foreach (var (i, key) in Keys(sheet).Index())
            {
                if (Array.IndexOf(meanings, i) is >= 0 and var meaning)
                {
                    if (read[meaning] >= 0) continue;
                    read[meaning] = headings.Count;
                    headings.Add(all[best[meaning]!.Value]);
                }
                else if (places.TryAdd(key, headings.Count)) headings.Add(key.Heading);
            }
        }
    }

    public IEnumerable<string> Headings => [.. Ours, .. headings];

    /// <summary>Which of the cells under these headers are a list's own; null when all are.</summary>
    public static int[]? Own(string[] headers)
    {
        int[] own = [.. Enumerable.Range(0, headers.Length).Where(i => !Left.Contains(Names.Normalised(headers[i])))];
        return own.Length == headers.Length ? null : own;
    }

    /// <summary>Where each cell under the headings of a sheet goes.</summary>
    public int[] Places(string[] sheet)
    {
        var meanings = Meanings(sheet);
        return [.. Keys(sheet).Select((key, i) => Array.IndexOf(meanings, i) is >= 0 and var meaning ? read[meaning] : places[key])];
    }

    /// <summary>What stands past the headings stays there.</summary>
    public string[] Row(string[] cells, int[] at)
    {
        var row = new string[headings.Count + Math.Max(0, cells.Length - at.Length)];
        Array.Fill(row, "");
        for (var i = 0; i < cells.Length; i++) row[i < at.Length ? at[i] : headings.Count + i - at.Length] = cells[i];
        return row;
    }

    /// <summary>A row of which no more than this is known.</summary>
    public string[] Row(string name, string country, string address)
    {
        var row = new string[headings.Count];
        Array.Fill(row, "");
        foreach (var (meaning, text) in new[] { name, country, address }.Index())
        {
            if (read[meaning] >= 0) row[read[meaning]] = text;
        }
        return row;
    }

    private static int?[] Meanings(string[] headings) => Columns.Find([headings], "").Found!.Columns.InOrder;

    /// <summary>Two columns with the same heading are two columns.</summary>
    private static IEnumerable<(string Heading, int Nth)> Keys(string[] sheet)
    {
        var seen = new Dictionary<string, int>();
        foreach (var heading in sheet)
        {
            seen[heading] = seen.GetValueOrDefault(heading) + 1;
            yield return (heading, seen[heading]);
        }
    }
}
