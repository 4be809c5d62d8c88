using System.Globalization;
using System.Text;

namespace Recruitment.Suppliers.Imports;

/// <summary>What kind of file this is, told from its first bytes: names and media types are only what a sender says.</summary>
internal static class ListKind
{
    /// <summary>So much of a file is looked at.</summary>
    public const int Sample = 64 << 10;

    /// <summary>A list may have a few characters that some program broke; every thirtieth is no text.</summary>
    private const int OneIn = 30;

    private const string Picture = "This is a picture. Ask for the list as a spreadsheet (XLSX) or CSV, or type its table into one.";
    private const string Program = "This is a program, not a list. Nothing of it was kept. Upload the list as XLSX or CSV.";
    private const string Archive = "This is an archive, not a workbook. Unpack it and upload the list inside it, as XLSX, XLS or CSV.";

    private static readonly (byte[] Begins, string Code, string Sentence)[] Others =
    [
        ([.. "%PDF"u8], "is-pdf", "This is a PDF. Ask for the list as a spreadsheet (XLSX) or CSV, or copy its table into one."),
        ([0x89, .. "PNG"u8], "is-picture", Picture),
        ([0xFF, 0xD8, 0xFF], "is-picture", Picture),
        ([.. "GIF8"u8], "is-picture", Picture),
        ([.. "II*\0"u8], "is-picture", Picture),
        ([.. "MM\0*"u8], "is-picture", Picture),
        ([0x7F, .. "ELF"u8], "is-program", Program),
        ([0x1F, 0x8B], "is-archive", Archive),
        ([.. "7z"u8, 0xBC, 0xAF], "is-archive", Archive),
        ([.. "Rar!"u8], "is-archive", Archive),
        ([0xFD, .. "7zXZ"u8], "is-archive", Archive),
    ];

    public static bool IsZip(ReadOnlySpan<byte> beginning) => beginning.StartsWith("PK"u8) && beginning is [_, _, 3 or 5 or 7, 4 or 6 or 8, ..];

    public static bool IsOldWorkbook(ReadOnlySpan<byte> beginning) => beginning is [0xD0, 0xCF, 0x11, 0xE0, ..];

    /// <summary>Why this cannot be delimited text; null when it can.</summary>
    public static UnreadableListException? Against(byte[] beginning)
    {
        foreach (var (begins, code, sentence) in Others)
        {
            if (beginning.AsSpan().StartsWith(begins)) return new(code, sentence);
        }
        // Two letters that a name may begin with as well; but no text that does has a zero in it.
        if (beginning.AsSpan().StartsWith("MZ"u8) && beginning.AsSpan().Contains((byte)0)) return new("is-program", Program);
        return IsText(beginning) ? null
            : new("is-binary", "This is no list: it is not text and not a workbook. Save the list as XLSX or CSV in the program you keep it in, and upload that.");
    }

    private static bool IsText(byte[] beginning)
    {
        using var file = new MemoryStream(beginning);
        var encoding = TextEncoding.Of(file);
        // Nearly every pair of bytes is some letter in UTF-16, so noise with its mark reads as text in scripts that nobody mixes.
        var isWide = encoding is UnicodeEncoding or UTF32Encoding;
        var (all, strange, plain) = (0, 0, 0);
        foreach (var c in encoding.GetString(beginning).EnumerateRunes())
        {
            all++;
            if (IsStrange(c) || (isWide && c == Rune.ReplacementChar)) strange++;
            else if (c.IsAscii) plain++;
        }
        if (strange > 2 + (all / OneIn)) return false;

        // Whatever script a table is written in, its delimiters, line ends and digits are plain.
        return !isWide || plain > all / OneIn;
    }

    private static bool IsStrange(Rune c) => (c.Value < ' ' && c.Value is not ('\t' or '\n' or '\v' or '\f' or '\r')) || Rune.GetUnicodeCategory(c) == UnicodeCategory.OtherNotAssigned;
}
