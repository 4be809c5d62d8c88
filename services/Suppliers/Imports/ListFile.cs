using System.Data.Common;
using System.Globalization;
using System.Text;
using ExcelDataReader;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>A supplier list whatever it is written in: delimited text, XLSX or XLS. Rows come one at a time; memory does not grow with the list.</summary>
internal static class ListFile
{
    /// <summary>Every row of the list, accepted or refused. Throws <see cref="UnreadableListException"/> and nothing else for whatever bytes.</summary>
    public static IEnumerable<ListRow> Read(Stream file)
    {
        var first = new Dictionary<Guid, int>();
        var kept = new KeptRows();
        var number = 0;
        var missing = (UnreadableListException?)null;
        var listed = false;
        foreach (var (name, rows) in Sheets(file))
        {
            foreach (var row in Sheet(name, rows))
            {
                if (row.Missing is not null)
                {
                    missing ??= row.Missing;
                    yield return ListRow.Skipped(++number, name, row.Missing.Message);
                    continue;
                }
                if (++number > SizeLimits.SupplierListRows)
                    throw new UnreadableListException("too-many-rows", string.Create(CultureInfo.InvariantCulture,
                        $"The list has more than {SizeLimits.SupplierListRows:N0} rows. Split it and upload the parts one after the other."));

                listed = true;
                var read = ListRow.From(number, row.Cells, row.Columns!, row.Width);
                if (read.Refused is null && !first.TryAdd(read.Key, number)) read = read.AsRepeat(first[read.Key]);
                yield return read.Refused is null ? read : read with { Kept = kept.Keep(row.Headings, row.Cells, beside: name.Length > 0) };
            }
        }
        if (!listed) throw missing ?? new UnreadableListException("list-empty", "The list has no rows. Add a header row and one row per site, and upload it again.");
    }

    /// <summary>The rows below the headers, or the one answer that this sheet has none.</summary>
    private static IEnumerable<(string[] Headings, string[] Cells, Columns? Columns, int Width, UnreadableListException? Missing)> Sheet(string name, IEnumerable<string[]> all)
    {
        using var rows = all.GetEnumerator();
        var beginning = new List<string[]>();
        while (beginning.Count < Columns.RowsBeforeHeader && rows.MoveNext()) beginning.Add(rows.Current);
        if (beginning.Count == 0) yield break;

        var (found, missing) = Columns.Find(beginning, name);
        if (found is null)
        {
            yield return ([], [], null, 0, missing);
            yield break;
        }
        var own = RefusedTable.Own(found.Headers);
        var headings = Own(found.Headers);
        var columns = own is null ? found.Columns : Columns.Find([headings], name).Found!.Columns;
        var width = name.Length == 0 ? headings.Length : int.MaxValue; // delimited text has no sheet
        foreach (var row in beginning.Skip(found.HeaderRow + 1).Concat(Rest()))
        {
            var cells = Own(row);
            if (own is null || cells.Any(c => !string.IsNullOrWhiteSpace(c))) yield return (headings, cells, columns, width, null);
        }

        IEnumerable<string[]> Rest()
        {
            while (rows.MoveNext())
            {
                // Several pages pasted together repeat the headers.
                if (!rows.Current.SequenceEqual(found.Headers)) yield return rows.Current;
            }
        }

        // Without what we wrote of refused rows when the list was downloaded to be mended.
        string[] Own(string[] row) => own is null ? row : [.. own.Where(i => i < row.Length).Select(i => row[i]), .. row.Skip(found.Headers.Length)];
    }

    /// <summary>Throws when the file is no list, or a workbook that cannot be opened. Of one that is not <paramref name="whole"/> yet only the beginning is looked at.</summary>
    public static void Check(Stream file, bool whole)
    {
        var sheets = Sheets(file);
        if (whole) _ = sheets.Any();
    }

    private static IEnumerable<(string Name, IEnumerable<string[]> Rows)> Sheets(Stream file)
    {
        var beginning = new byte[Math.Min(ListKind.Sample, file.Length)];
        file.Position = 0;
        file.ReadExactly(beginning);
        file.Position = 0;
        if (beginning.Length == 0) return [];
        if (ListKind.IsZip(beginning)) return Zipped(file);
        if (ListKind.IsOldWorkbook(beginning)) return Old(file);
        if (ListKind.Against(beginning) is { } other) throw other;
        return [("", Text(file))];
    }

    private static IEnumerable<string[]> Text(Stream file)
    {
        var encoding = TextEncoding.Of(file);
        file.Position = 0;
        var beginning = new char[64 << 10];
        using (var peek = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true))
            beginning = beginning[..peek.ReadBlock(beginning)];
        var delimiter = DelimitedText.Guess(new string(beginning));

        file.Position = 0;
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        foreach (var row in DelimitedText.Read(text, delimiter)) yield return row;
    }

    private static IEnumerable<(string, IEnumerable<string[]>)> Zipped(Stream file)
    {
        using var workbook = Damaged(() => ZippedWorkbook.Open(file));
        foreach (var (name, rows) in workbook.Sheets) yield return (name, Guarded(rows));
    }

    private static IEnumerable<(string, IEnumerable<string[]>)> Old(Stream file)
    {
        if (file.Length > SizeLimits.SupplierListOldWorkbook)
            throw new UnreadableListException("workbook-too-large", $"A workbook of the old kind (XLS) may have {SizeLimits.SupplierListOldWorkbook >> 20} MB. Save the list as XLSX or CSV and upload that.");

        using var reader = Damaged(() => ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true, FallbackEncoding = Encoding.GetEncoding(1252) }));
        do
        {
            if (reader.VisibleState == "visible") yield return (reader.Name, Guarded(OldRows(reader)));
        }
        while (Damaged(reader.NextResult));
    }

    private static IEnumerable<string[]> OldRows(IExcelDataReader reader)
    {
        while (reader.Read())
        {
            var cells = new string[Math.Min(reader.FieldCount, ZippedWorkbook.MostColumns)];
            for (var i = 0; i < cells.Length; i++) cells[i] = Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "";
            if (cells.Sum(c => c.Length) > SizeLimits.SupplierListRow)
                throw new UnreadableListException("row-too-long", $"A row of the workbook is longer than {SizeLimits.SupplierListRow} characters. Check that it holds one site per row.");
            yield return cells;
        }
    }

    /// <summary>Rows that are not empty; whatever the reader stumbles over in a damaged file becomes one exception.</summary>
    private static IEnumerable<string[]> Guarded(IEnumerable<string[]> rows)
    {
        using var each = rows.GetEnumerator();
        while (Damaged(each.MoveNext))
        {
            if (each.Current.Any(c => !string.IsNullOrWhiteSpace(c))) yield return each.Current;
        }
    }

    private static T Damaged<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        // The file is read from the database, and a database that is away, or a reader that is stopped, is no damage to it.
        catch (Exception wrong) when (wrong is not (UnreadableListException or OutOfMemoryException or OperationCanceledException or DbException))
        {
            throw new UnreadableListException(
                "workbook-unreadable", "The workbook cannot be opened: it is damaged, protected by a password, or of another kind. Save it as XLSX without a password, or as CSV, and upload that.", wrong);
        }
    }
}
