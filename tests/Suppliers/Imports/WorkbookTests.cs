using Recruitment.Suppliers.Imports;
using static Recruitment.Suppliers.Tests.Imports.Workbooks;

namespace Recruitment.Suppliers.Tests.Imports;

public sealed class WorkbookTests
{
    private const long FewMegabytes = 64 << 20;

    [Fact]
    public void Shared_rich_escaped_and_number_cells_are_read_as_a_reader_sees_them()
    {
        var rows = Read(Of([("Sites", [
            Row(1, Cell("A1", "Name"), Cell("B1", "Country"), Cell("C1", "Address"), Cell("D1", "Workers")),
            Row(2, "<c r=\"A2\" t=\"s\"><v>0</v></c>", Cell("B2", "Thailand"), "<c r=\"C2\" t=\"str\"><f>A1&amp;B1</f><v>12 Heron_x0020_Road</v></c>", "<c r=\"D2\"><v>420</v></c>"),
            "<row><c t=\"s\"><v>1</v></c><c t=\"inlineStr\"><is><t>TH</t></is></c><c t=\"e\"><v>#N/A</v></c><c><v>13</v></c></row>",
        ])], ["<si><r><t>Rich </t></r><r><rPr/><t xml:space=\"preserve\">Heron Mill</t></r><rPh sb=\"0\" eb=\"1\"><t>not said</t></rPh></si>", "<si><t>Plain Heron Mill</t></si>"]));

        Assert.Equal(("Rich Heron Mill", "12 Heron Road", 420), (rows[0].Name, rows[0].Address, rows[0].Workers));
        Assert.Equal(("Plain Heron Mill", "", "TH"), (rows[1].Name, rows[1].Address, rows[1].Country));
    }

    [Fact]
    public void Every_visible_sheet_with_the_columns_is_read_and_one_without_is_told()
    {
        var rows = Read(Of([
            ("Cover", [Row(1, Cell("A1", "Our suppliers, spring"))]),
            ("Asia", [Head, Row(2, Cell("A2", "First Sheet Mill"), Cell("B2", "TH"))]),
            (".Lookups", [Row(1, Cell("A1", "TH"))]),
            ("Europe", [Row(1, Cell("A1", "Country"), Cell("B1", "Factory name")), Row(2, Cell("A2", "PT"), Cell("B2", "Second Sheet Mill"))]),
            ("Empty", []),
        ]));

        Assert.Equal(["Cover sheet-skipped", "First Sheet Mill ", "Second Sheet Mill "], rows.Select(r => $"{r.Name} {r.Refused?.Code}"));
    }

    [Fact]
    public void A_workbook_with_macros_is_read_and_its_macros_are_not()
    {
        var rows = Read(Of([("Sites", [Head, Row(2, Cell("A2", "Macro Heron Mill"), Cell("B2", "TH"))])], more: zip => Part(zip, "xl/vbaProject.bin", ["not a macro"])));

        Assert.Equal("Macro Heron Mill", Assert.Single(rows).Name);
    }

    [Theory]
    [InlineData("ZZZZZZ2", 2)]
    [InlineData("XFD2", 2)]
    [InlineData("A2000000000", 2_000_000_000)]
    public void A_cell_said_to_be_far_away_costs_nothing(string reference, int row)
    {
        using var file = Of(Head, Row(2, Cell("A2", "Near Heron Mill"), Cell("B2", "TH")), Row(row, Cell(reference, "far")));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var rows = Read(file);

        Assert.Equal("Near Heron Mill", rows[0].Name);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < FewMegabytes);
    }

    [Fact]
    public void A_single_cell_of_many_megabytes_is_refused_before_it_is_held() => Refused(
        "row-too-long", Of([("Sites", Enumerable.Repeat(new string('a', 1 << 20), 80).Prepend(Head + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>").Append("</t></is></c></row>"))]));

    [Fact]
    public void A_long_text_in_many_pieces_is_refused_before_it_is_held() => Refused(
        "row-too-long", Of([("Sites", Enumerable.Repeat(new string('a', 1 << 15) + "<!-- -->", 2000).Prepend(Head + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>").Append("</t></is></c></row>"))]));

    [Fact]
    public void Texts_that_unpack_to_more_than_is_read_at_once_are_refused_with_advice() => Refused(
        "workbook-too-large", Of([("Sites", [Head])], Enumerable.Repeat($"<si><t>{new string('b', 4000)}</t></si>", 20_000)), most: 1L << 30); // short-lived pieces, most of them

    [Fact]
    public void A_sheet_that_unpacks_without_end_is_refused()
    {
        using var endless = new ShortTokens(new MemoryStream(new byte[2000]), most: 1000);

        Assert.Equal("workbook-too-large", Assert.Throws<UnreadableListException>(() => endless.CopyTo(Stream.Null)).Code);
    }

    [Theory]
    [InlineData("list.csv", "is-archive")]
    [InlineData("content.xml", "is-opendocument")]
    [InlineData("xl/workbook.bin", "is-binary-workbook")]
    public void Another_kind_of_archive_is_named_with_what_to_do(string part, string code)
    {
        using var file = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true)) Part(zip, part, ["Name,Country"]);

        Assert.Equal(code, Assert.Throws<UnreadableListException>(() => Read(file)).Code);
    }

    [Fact]
    public void An_entity_in_a_workbook_is_not_expanded()
    {
        using var file = Of(Head);
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            zip.GetEntry("xl/sharedStrings.xml")!.Delete();
            Part(zip, "xl/sharedStrings.xml", ["<!DOCTYPE sst [<!ENTITY a \"aaaa\">]><sst><si><t>&a;</t></si></sst>"]);
        }

        Refused("workbook-unreadable", file);
    }

    private static void Refused(string code, MemoryStream file, long most = FewMegabytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(code, Assert.Throws<UnreadableListException>(() => Read(file)).Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < most);
        file.Dispose();
    }

    private static List<ListRow> Read(Stream file) => [.. ListFile.Read(file)];
}
