using System.Globalization;
using System.IO.Compression;
using System.Text;
using ExcelDataReader;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>A supplier list whatever it is written in: delimited text, XLSX or XLS. Rows come one at a time; memory does not grow with the list.</summary>
internal static class ListFile
{
    public const int MostRows = 1_000_000;
    private const int MostColumns = 500;

    /// <summary>A workbook that unpacks to more than this is no supplier list.</summary>
    private const long LargestUnpacked = 2L << 30;

    /// <summary>Every row of the list, accepted or refused. Throws <see cref="UnreadableListException"/> and nothing else for whatever bytes.</summary>
    public static IEnumerable<ListRow> Read(Stream file)
    {
        var first = new Dictionary<Guid, int>();
        var number = 0;
        Columns? columns = null;
        foreach (var cells in AfterHeader(Cells(file), found => columns = found))
        {
            if (++number > MostRows)
                throw new UnreadableListException("too-many-rows", $"The list has more than {MostRows:N0} rows. Split it and upload the parts one after the other.");

            var row = ListRow.From(number, cells, columns!);
            if (row.Refused is null && !first.TryAdd(row.Key, number)) row = row.AsRepeat(first[row.Key]);
            yield return row;
        }
        if (number == 0) throw new UnreadableListException("list-empty", "The list has headers but no rows. Add one row per site and upload it again.");
    }

    private static IEnumerable<string[]> AfterHeader(IEnumerable<string[]> all, Action<Columns> found)
    {
        using var rows = all.GetEnumerator();
        var beginning = new List<string[]>();
        while (beginning.Count < 15 && rows.MoveNext()) beginning.Add(rows.Current);
        if (beginning.Count == 0) throw new UnreadableListException("list-empty", "The file is empty. Upload a list with a header row and one row per site.");

        var (columns, header, headers) = Columns.Find(beginning);
        found(columns);
        foreach (var row in beginning.Skip(header + 1)) yield return row;
        while (rows.MoveNext())
        {
            // Several sheets or pages pasted together repeat the headers.
            if (!rows.Current.SequenceEqual(headers)) yield return rows.Current;
        }
    }

    private static IEnumerable<string[]> Cells(Stream file)
    {
        var magic = new byte[8];
        file.Position = 0;
        var length = file.ReadAtLeast(magic, 8, throwOnEndOfStream: false);
        file.Position = 0;
        if (length == 0) return [];
        if (magic is [0x50, 0x4B, ..]) return Workbook(file, zipped: true);
        if (magic is [0xD0, 0xCF, 0x11, 0xE0, ..]) return Workbook(file, zipped: false);
        if (magic is [0x25, 0x50, 0x44, 0x46, ..])
            throw new UnreadableListException("is-pdf", "This is a PDF. Ask for the list as a spreadsheet (XLSX) or CSV, or copy its table into one.");
        return Text(file);
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

    private static IEnumerable<string[]> Workbook(Stream file, bool zipped)
    {
        using var reader = Open(file, zipped);
        while (Next(reader))
        {
            var cells = new string[Math.Min(reader.FieldCount, MostColumns)];
            for (var i = 0; i < cells.Length; i++) cells[i] = Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture) ?? "";
            if (cells.Sum(c => c.Length) > SizeLimits.SupplierListRow)
                throw new UnreadableListException("row-too-long", $"A row of the workbook is longer than {SizeLimits.SupplierListRow} characters. Check that it holds one site per row.");
            if (cells.Any(c => !string.IsNullOrWhiteSpace(c))) yield return cells;
        }
    }

    private static IExcelDataReader Open(Stream file, bool zipped)
    {
        try
        {
            if (zipped)
            {
                using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
                if (zip.Entries.Sum(e => e.Length) > LargestUnpacked)
                    throw new UnreadableListException("workbook-too-large", "The workbook unpacks to more than 2 GB. Save the list as CSV and upload that.");
                file.Position = 0;
            }
            return ExcelReaderFactory.CreateReader(file, new ExcelReaderConfiguration { LeaveOpen = true, FallbackEncoding = Encoding.GetEncoding(1252) });
        }
        catch (Exception wrong) when (wrong is not UnreadableListException and not OutOfMemoryException)
        {
            throw Unreadable(wrong); // the reader throws whatever it stumbles over in a damaged file
        }
    }

    private static bool Next(IExcelDataReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (Exception wrong) when (wrong is not OutOfMemoryException)
        {
            throw Unreadable(wrong);
        }
    }

    private static UnreadableListException Unreadable(Exception inner) => new(
        "workbook-unreadable", "The workbook cannot be opened: it is damaged, protected by a password, or of another kind. Save it as XLSX without a password, or as CSV, and upload that.", inner);
}
