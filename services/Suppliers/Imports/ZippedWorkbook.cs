using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Imports;

/// <summary>The visible sheets of an XLSX or XLSM file, cell by cell; macros, formulas and everything else in it are passed over.</summary>
/// <remarks>Written here because a reader for general use trusts what the file says of itself: one cell named ZZZZZZ1 cost gigabytes.</remarks>
internal sealed partial class ZippedWorkbook : IDisposable
{
    public const int MostColumns = 500;
    private const int LastColumn = 16_384;
    private const long LargestSheet = 2L << 30;
    private const long LargestTexts = 512L << 20;
    private const long LargestOther = 16L << 20;
    private const string Relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelation = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> parts;
    private readonly SharedTexts texts = new();
    private string? unreadTexts;
    private readonly List<(string Name, string Part)> sheets = [];

    private ZippedWorkbook(Stream file)
    {
        zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        parts = new(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in zip.Entries) parts.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
    }

    /// <summary>The workbook, or an exception that says what the archive is instead.</summary>
    public static ZippedWorkbook Open(Stream file)
    {
        var workbook = new ZippedWorkbook(file);
        try
        {
            workbook.ReadContents();
            return workbook;
        }
        catch
        {
            workbook.Dispose();
            throw;
        }
    }

    public IEnumerable<(string Name, IEnumerable<string[]> Rows)> Sheets => sheets.Select(s => (s.Name, Rows(s.Part)));

    public void Dispose() => zip.Dispose();

    private void ReadContents()
    {
        if (parts.ContainsKey("xl/workbook.bin"))
            throw new UnreadableListException("is-binary-workbook", "This is a binary workbook (XLSB). Save it as XLSX or CSV and upload that.");
        if (!parts.ContainsKey("_rels/.rels") || Related("_rels/.rels", "").FirstOrDefault(r => r.Kind == "officeDocument").Part is not { } workbook || !parts.ContainsKey(workbook))
        {
            throw parts.ContainsKey("content.xml")
                ? new UnreadableListException("is-opendocument", "This is an OpenDocument spreadsheet. Save it as XLSX or CSV and upload that.")
                : new UnreadableListException("is-archive", "This is an archive, not a workbook. Unpack it and upload the list inside it, as XLSX, XLS or CSV.");
        }

        var folder = workbook[..(workbook.LastIndexOf('/') + 1)];
        var related = Related($"{folder}_rels/{workbook[folder.Length..]}.rels", folder);
        using (var xml = Xml(workbook, LargestOther))
        {
            // A letter or a presentation is packed in the same way; only this element says which it is.
            if (xml.MoveToContent() != XmlNodeType.Element || xml.LocalName != "workbook")
                throw new UnreadableListException("is-document", "This is a document, not a workbook: a letter or a presentation, for instance. Copy its table into a spreadsheet and upload that as XLSX, XLS or CSV.");
            while (xml.Read())
            {
                if (xml is not { NodeType: XmlNodeType.Element, LocalName: "sheet" } || xml.GetAttribute("state") is "hidden" or "veryHidden") continue;
                var id = xml.GetAttribute("id", Relation) ?? xml.GetAttribute("id", StrictRelation);
                var target = related.FirstOrDefault(r => r.Id == id && r.Kind == "worksheet").Part;
                if (target is not null && parts.ContainsKey(target)) sheets.Add((xml.GetAttribute("name") ?? "", target));
            }
        }
        unreadTexts = related.FirstOrDefault(r => r.Kind == "sharedStrings").Part is { } shared && parts.ContainsKey(shared) ? shared : null;
    }

    private List<(string? Id, string? Kind, string Part)> Related(string part, string folder)
    {
        var found = new List<(string?, string?, string)>();
        if (!parts.ContainsKey(part)) return found;

        using var xml = Xml(part, LargestOther);
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("Target") is not { } target) continue;
            var type = xml.GetAttribute("Type") ?? "";
            found.Add((xml.GetAttribute("Id"), type[(type.LastIndexOf('/') + 1)..], target.StartsWith('/') ? target[1..] : folder + target));
        }
        return found;
    }

    /// <summary>Before the first row and not before: whether this is a workbook at all is known without them.</summary>
    private void ReadTexts()
    {
        if (unreadTexts is not { } part) return;

        unreadTexts = null;
        using var xml = Xml(part, LargestTexts);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" }) texts.Add(Text(xml));
        }
    }

    private IEnumerable<string[]> Rows(string part)
    {
        ReadTexts();
        using var xml = Xml(part, LargestSheet);
        var cells = new List<string>();
        var (size, next) = (0, 0);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                (cells, size, next) = ([], 0, 0);
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                var at = Column(xml.GetAttribute("r")) ?? next;
                next = at + 1;
                var text = Cell(xml);
                if (text.Length == 0 || at >= MostColumns) continue;

                if ((size += text.Length) > SizeLimits.SupplierListRow)
                    throw new UnreadableListException("row-too-long", $"A row of the workbook is longer than {SizeLimits.SupplierListRow} characters. Check that it holds one site per row.");
                while (cells.Count <= at) cells.Add("");
                cells[at] = text;
            }
            else if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "row" } && cells.Count > 0)
            {
                yield return [.. cells];
                cells = [];
            }
        }
    }

    private string Cell(XmlReader xml)
    {
        var kind = xml.GetAttribute("t");
        if (kind == "inlineStr") return Text(xml);

        var value = "";
        if (xml.IsEmptyElement) return value;
        for (var depth = xml.Depth; xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth);)
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" }) value = Text(xml);
        }
        return kind switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? texts.At(index) : "",
            "e" => "", // what a formula could not say
            "str" => value,
            _ => Number(value),
        };
    }

    /// <summary>A spreadsheet writes 420 as 420 but 13.1 perhaps as 13.100000000000001.</summary>
    private static string Number(string value) =>
        value.Length > 15 && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("G15", CultureInfo.InvariantCulture) : value;

    /// <summary>The text inside an element, without what is only said about its pronunciation.</summary>
    private static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var text = new StringBuilder();
        var quiet = 0;
        for (var depth = xml.Depth; xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth);)
        {
            if (xml is { LocalName: "rPh", NodeType: XmlNodeType.Element, IsEmptyElement: false }) quiet++;
            else if (xml is { LocalName: "rPh", NodeType: XmlNodeType.EndElement }) quiet--;
            else if (quiet == 0 && xml.NodeType is (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)) text.Append(xml.Value);
            if (text.Length > SizeLimits.SupplierListRow)
                throw new UnreadableListException("row-too-long", $"A cell of the workbook is longer than {SizeLimits.SupplierListRow} characters. Check that it holds one site per row.");
        }
        return Escaped().Replace(text.ToString(), m => ((char)int.Parse(m.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());
    }

    /// <summary>Null when the cell does not say where it is; past the last possible column for nonsense.</summary>
    private static int? Column(string? reference)
    {
        if (string.IsNullOrEmpty(reference)) return null;
        var column = 0;
        foreach (var letter in reference.TakeWhile(char.IsAsciiLetter).Take(4)) column = (column * 26) + (char.ToUpperInvariant(letter) - 'A' + 1);
        return column is > 0 and <= LastColumn ? column - 1 : LastColumn;
    }

    private XmlReader Xml(string part, long most) => XmlReader.Create(new ShortTokens(parts[part].Open(), most),
        new XmlReaderSettings { CloseInput = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });

    [GeneratedRegex("_x([0-9A-Fa-f]{4})_")]
    private static partial Regex Escaped();
}
