using System.Security.Cryptography;
using System.Text.Json;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>A refused row as the list had it, so that it can be mended without the list: its cells if there was room for them, and the headings where they are not those of the row before it.</summary>
internal sealed record KeptRow(string[]? Headings, string[]? Cells)
{
    public byte[]? SealHeadings(FileKey key, Guid import, int row) => Seal(key, import, HeadingsAt(row), Headings);

    public byte[]? SealCells(FileKey key, Guid import, int row) => Seal(key, import, CellsAt(row), Cells);

    /// <summary>Null when the key has changed since: then there is only what is not sealed.</summary>
    public static string[]? OpenHeadings(FileKey key, Guid import, int row, byte[] whole) => Open(key, import, HeadingsAt(row), whole);

    /// <summary>Null when the key has changed since.</summary>
    public static string[]? OpenCells(FileKey key, Guid import, int row, byte[] whole) => Open(key, import, CellsAt(row), whole);

    private static byte[]? Seal(FileKey key, Guid import, int at, string[]? texts) => texts is null ? null : key.Seal(import, at, JsonSerializer.SerializeToUtf8Bytes(texts));

    private static string[]? Open(FileKey key, Guid import, int at, byte[] whole)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(key.Open(import, at, whole));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Below zero, where no piece of the list is.
    private static int HeadingsAt(int row) => -2 * row;

    private static int CellsAt(int row) => (-2 * row) - 1;
}

/// <summary>Which refused rows of a list are kept whole: as many as have room.</summary>
/// <remarks>Counted from the beginning of the list, so that whoever reads on after a kill keeps the same.</remarks>
internal sealed class KeptRows
{
    /// <summary>With every quotation mark doubled and our columns before it, such a row can be read again.</summary>
    private const int LongestRow = SizeLimits.SupplierListRow / 8;

    private string[]? last;
    private long size;
    private long ofHeadings;

    /// <summary>Null when there is no room for its headings. In a workbook (<paramref name="beside"/>) a cell may stand beside the table: it gets a heading without a text.</summary>
    public KeptRow? Keep(string[] headings, string[] cells, bool beside)
    {
        if (beside && cells.Length > headings.Length) headings = [.. headings, .. Enumerable.Repeat("", cells.Length - headings.Length)];
        var known = last is not null && last.Length >= headings.Length && last.AsSpan(0, headings.Length).SequenceEqual(headings) && last.Skip(headings.Length).All(h => h.Length == 0);
        var (ofRow, ofThese) = (Size(cells), known ? 0 : Size(headings));
        if (ofHeadings + ofThese > LongestRow || size + ofThese > SizeLimits.SupplierListKept) return null;

        if (!known) last = headings;
        ofHeadings += ofThese;
        size += ofThese;
        var room = ofRow <= LongestRow && size + ofRow <= SizeLimits.SupplierListKept;
        if (room) size += ofRow;
        return new(known ? null : headings, room ? cells : null);
    }

    private static long Size(string[] texts) => texts.Sum(t => t.Length + 1L);
}
