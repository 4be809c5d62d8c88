namespace Recruitment.Accreditation.Evidence;

/// <summary>Whether a file begins as its ending says. A reader who opens it later must not find something else, or nothing.</summary>
/// <remarks>The signatures are the published ones of each format. They say what kind of file it is, not that the file is sound or harmless.</remarks>
internal static class FileSignature
{
    /// <summary>A PDF may have a few bytes before its header, and readers look for it in the first 1024.</summary>
    private const int PdfHeaderWithin = 1024;

    private static readonly byte[] Pdf = [.. "%PDF-"u8];
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF];
    private static readonly byte[] Zip = [(byte)'P', (byte)'K', 3, 4];

    /// <summary>The sentence of what is wrong and what to do; null when ending and content agree.</summary>
    public static string? Wrong(string extension, ReadOnlySpan<byte> head) => extension switch
    {
        "pdf" => head[..Math.Min(head.Length, PdfHeaderWithin)].IndexOf(Pdf) >= 0 ? null : NotOfItsKind("a PDF", "Save or print the document as PDF"),
        "png" => head.StartsWith(Png) ? null : NotOfItsKind("a PNG picture", "Save the picture as PNG"),
        "jpg" or "jpeg" => head.StartsWith(Jpeg) ? null : NotOfItsKind("a JPEG picture", "Save the picture as JPEG"),
        "xlsx" => head.StartsWith(Zip) ? null : NotOfItsKind("an Excel workbook", "Save it in Excel as xlsx"),
        "docx" => head.StartsWith(Zip) ? null : NotOfItsKind("a Word document", "Save it in Word as docx"),
        _ => IsText(head) ? null : NotOfItsKind("plain text", "Save it as plain text in UTF-8, or send the original with its own ending"),
    };

    /// <summary>No text of ours has a zero byte, and a picture or document by its signature is no text.</summary>
    private static bool IsText(ReadOnlySpan<byte> head) =>
        !head.Contains((byte)0) && head.IndexOf(Pdf) != 0 && !head.StartsWith(Png) && !head.StartsWith(Jpeg) && !head.StartsWith(Zip);

    private static string NotOfItsKind(string kind, string advice) =>
        $"The file's name says that it is {kind}, but its content is something else. {advice}, look at it once, and attach it again.";
}
