using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Recruitment.Reports.Pdf;

/// <summary>What the file says about itself.</summary>
internal sealed record PdfTitle(string Number, string Title, string Author, string Language);

/// <summary>What Chromium leaves out: metadata, page furniture marked as such, and a signature. One incremental update.</summary>
/// <remarks>It makes a tagged, signed PDF. It does not make PDF/UA, and nothing here may say so: no validator has passed it.</remarks>
internal sealed partial class FinishingPass(SigningKey key, TimeProvider time)
{
    private const string Creator = "Assessment reports";
    private const int SignatureBytes = 4096;
    private const string RangePlaceholder = "/ByteRange [0 0000000000 0000000000 0000000000]";
    private static readonly string ContentsPlaceholder = new('0', SignatureBytes * 2);

    public byte[] Finish(byte[] printed, PdfTitle title)
    {
        var update = new PdfUpdate(printed);
        var pages = update.Numbers.Where(n => PageType().IsMatch(update.Dictionary(n))).Order().ToList();
        foreach (var page in pages) MarkFurniture(update, page);

        var field = AddSignatureField(update, pages[0], title);
        var catalog = update.Dictionary(update.Root);
        update.Replace(update.Root, $"{catalog[..^2]}/Metadata {Describe(update, title)} 0 R/AcroForm <</Fields [{field} 0 R]/SigFlags 3>>>>");

        return Sign(update.Save(Convert.ToHexStringLower(SHA256.HashData(printed).AsSpan(0, 16))), printed.Length);
    }

    /// <summary>Text of the page margins is neither content nor tagged; as an artifact, a screen reader leaves it out.</summary>
    private static void MarkFurniture(PdfUpdate update, int page)
    {
        var contents = int.Parse(ContentsEntry().Match(update.Dictionary(page)).Groups[1].Value, CultureInfo.InvariantCulture);
        var content = update.Inflate(contents);
        var marked = WithArtifacts(content);
        if (marked != content) update.ReplaceStream(contents, "/Filter /FlateDecode", PdfUpdate.Deflate(marked));
    }

    /// <summary>Every text block outside marked content becomes an artifact. Rests on Chromium writing one operator a line; a test watches it.</summary>
    internal static string WithArtifacts(string content)
    {
        var marked = new StringBuilder(content.Length + 512);
        var depth = 0;
        var artifact = false;
        foreach (var line in content.Split('\n'))
        {
            if (line == "BT" && depth == 0)
            {
                marked.Append("/Artifact <</Type /Pagination>> BDC\n");
                artifact = true;
            }
            if (line.EndsWith("BDC", StringComparison.Ordinal) || line.EndsWith("BMC", StringComparison.Ordinal)) depth++;
            if (line == "EMC") depth--;
            marked.Append(line).Append('\n');
            if (line != "ET" || !artifact) continue;

            marked.Append("EMC\n");
            artifact = false;
        }
        return marked.ToString(0, marked.Length - 1);
    }

    private int Describe(PdfUpdate update, PdfTitle title)
    {
        var now = time.GetUtcNow();
        update.Replace(update.Info,
            $"<</Title {Text(title.Title)}/Author {Text(title.Author)}/Subject {Text(title.Number)}/Creator {Text(Creator)}/Producer (Skia/PDF)/CreationDate {Stamp(now)}/ModDate {Stamp(now)}>>");

        var when = now.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var xmp = $"""
            <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
            <dc:format>application/pdf</dc:format>
            <dc:identifier>{title.Number}</dc:identifier>
            <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Xml(title.Title)}</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>{Xml(title.Author)}</rdf:li></rdf:Seq></dc:creator>
            <dc:language><rdf:Bag><rdf:li>{title.Language}</rdf:li></rdf:Bag></dc:language>
            <xmp:CreatorTool>{Creator}</xmp:CreatorTool>
            <xmp:CreateDate>{when}</xmp:CreateDate>
            <xmp:ModifyDate>{when}</xmp:ModifyDate>
            <pdf:Producer>Skia/PDF</pdf:Producer>
            </rdf:Description></rdf:RDF></x:xmpmeta>
            <?xpacket end="r"?>
            """;
        return update.AddStream("/Type /Metadata/Subtype /XML", Encoding.UTF8.GetBytes(xmp));
    }

    /// <summary>An invisible field on the first page that holds the signature over everything else.</summary>
    private int AddSignatureField(PdfUpdate update, int page, PdfTitle title)
    {
        var signature = update.Add(
            $"<</Type /Sig/Filter /Adobe.PPKLite/SubFilter /ETSI.CAdES.detached{RangePlaceholder}/Contents <{ContentsPlaceholder}>/M {Stamp(time.GetUtcNow())}/Name {Text(title.Author)}/Reason {Text($"Issued as {title.Number}")}>>");
        var field = update.Add($"<</Type /Annot/Subtype /Widget/FT /Sig/T (issuer)/TU (Issuer's signature)/F 132/Rect [0 0 0 0]/P {page} 0 R/V {signature} 0 R>>");
        var dictionary = update.Dictionary(page);
        if (dictionary.Contains("/Annots", StringComparison.Ordinal)) throw new InvalidDataException("The report's pages must hold no links: its first page already has annotations.");

        update.Replace(page, $"{dictionary[..^2]}/Annots [{field} 0 R]>>");
        return field;
    }

    private byte[] Sign(byte[] file, int from)
    {
        var range = file.AsSpan(from).IndexOf(Encoding.ASCII.GetBytes(RangePlaceholder)) + from;
        var open = file.AsSpan(from).IndexOf(Encoding.ASCII.GetBytes($"<{ContentsPlaceholder}>")) + from;
        var close = open + ContentsPlaceholder.Length + 2;
        var filled = string.Create(CultureInfo.InvariantCulture, $"/ByteRange [0 {open:D10} {close:D10} {file.Length - close:D10}]");
        Encoding.ASCII.GetBytes(filled).CopyTo(file, range);

        byte[] signed = [.. file.AsSpan(0, open), .. file.AsSpan(close)];
        var cms = key.Sign(signed);
        if (cms.Length > SignatureBytes) throw new InvalidDataException("The signature does not fit the space kept for it.");
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(cms)).CopyTo(file, open + 1);
        return file;
    }

    private static string Stamp(DateTimeOffset now) => now.ToString("'(D:'yyyyMMddHHmmss'Z)'", CultureInfo.InvariantCulture);

    /// <summary>A PDF text string in UTF-16 with byte order mark, in hexadecimal: right for every script, and nothing to escape.</summary>
    private static string Text(string value) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(value))}>";

    private static string Xml(string value) => System.Security.SecurityElement.Escape(value);

    [GeneratedRegex(@"/Type /Page\b")]
    private static partial Regex PageType();

    [GeneratedRegex(@"/Contents (\d+) 0 R")]
    private static partial Regex ContentsEntry();
}
