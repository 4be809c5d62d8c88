using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Recruitment.Reports.Issuing;

namespace Recruitment.Reports.Verification;

/// <summary>What a stream of bytes tells about itself while it passes: our report number in its metadata, and the hash of its signature. Keeps a few kB, never the file.</summary>
internal sealed partial class FileTraces
{
    private const int Overlap = 16 << 10; // Longer than a signature of ours, so that none is cut by the end of a piece.
    private string tail = "";

    /// <summary>A number the file claims, in its metadata.</summary>
    public string? Number { get; private set; }

    public string? SignatureSha256 { get; private set; }

    public void Read(ReadOnlySpan<byte> piece)
    {
        var window = tail + Encoding.Latin1.GetString(piece);
        if (Identifier().Match(window) is { Success: true } number) Number ??= ReportNumber.Read(number.Groups[1].Value);
        if (Signature().Match(window) is { Success: true } signature)
            SignatureSha256 ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(signature.Groups[1].Value)));
        tail = window.Length <= Overlap ? window : window[^Overlap..];
    }

    [GeneratedRegex("<dc:identifier>(R-[0-9A-Z-]{16})</dc:identifier>", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    [GeneratedRegex("/Contents <([0-9a-f]{2000,12000})>", RegexOptions.CultureInvariant)]
    private static partial Regex Signature();
}
