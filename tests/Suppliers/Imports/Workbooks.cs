using System.IO.Compression;
using System.Text;

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>Workbooks as spreadsheets write them, and as an attacker would: made in memory, so that each test shows what is wrong with its own.</summary>
internal static class Workbooks
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Packages = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>A cell with its text inside; without a reference when none is given.</summary>
    public static string Cell(string reference, string text) => $"<c r=\"{reference}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";

    public static string Row(int number, params string[] cells) => $"<row r=\"{number}\">{string.Concat(cells)}</row>";

    public static string Head { get; } = Row(1, Cell("A1", "Name"), Cell("B1", "Country"));

    /// <summary>Sheets by name; a name that begins with a point is hidden.</summary>
    public static MemoryStream Of(IEnumerable<(string Name, IEnumerable<string> Rows)> sheets, IEnumerable<string>? sharedTexts = null, Action<ZipArchive>? more = null)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var all = sheets.ToList();
            Part(zip, "_rels/.rels", [$"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"a\" Type=\"{Documents}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"]);
            Part(zip, "xl/workbook.xml", all.Select((s, i) => $"<sheet name=\"{s.Name.TrimStart('.')}\" sheetId=\"{i + 1}\" {(s.Name.StartsWith('.') ? "state=\"hidden\" " : "")}r:id=\"r{i}\"/>")
                .Prepend($"<workbook xmlns=\"{Main}\" xmlns:r=\"{Documents}\"><sheets>").Append("</sheets></workbook>"));
            Part(zip, "xl/_rels/workbook.xml.rels", all.Select((_, i) => $"<Relationship Id=\"r{i}\" Type=\"{Documents}/worksheet\" Target=\"worksheets/sheet{i}.xml\"/>")
                .Prepend($"<Relationships xmlns=\"{Packages}\"><Relationship Id=\"t\" Type=\"{Documents}/sharedStrings\" Target=\"sharedStrings.xml\"/>").Append("</Relationships>"));
            for (var i = 0; i < all.Count; i++)
                Part(zip, $"xl/worksheets/sheet{i}.xml", all[i].Rows.Prepend($"<worksheet xmlns=\"{Main}\"><sheetData>").Append("</sheetData></worksheet>"));
            Part(zip, "xl/sharedStrings.xml", (sharedTexts ?? []).Prepend($"<sst xmlns=\"{Main}\">").Append("</sst>"));
            more?.Invoke(zip);
        }
        file.Position = 0;
        return file;
    }

    public static MemoryStream Of(params string[] rows) => Of([("Sites", rows)]);

    public static void Part(ZipArchive zip, string name, IEnumerable<string> texts)
    {
        using var text = new StreamWriter(zip.CreateEntry(name, CompressionLevel.Fastest).Open(), new UTF8Encoding(false));
        foreach (var some in texts) text.Write(some);
    }
}
