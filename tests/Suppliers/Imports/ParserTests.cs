using System.Text;
using CsCheck;
using Recruitment.Suppliers.Imports;

namespace Recruitment.Suppliers.Tests.Imports;

public sealed class ParserTests
{
    static ParserTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Cells as people write them, with everything that has a meaning in delimited text.</summary>
    private static readonly Gen<string> Cell = Gen.OneOf(
        OneOf("Mill", "โรงงาน", "Nhà máy", "a,b", "a;b", "a|b", "a\tb", "say \"so\"", "two\nlines", "two\r\nlines", "\"", ""),
        Gen.String[Gen.Char["abcXYZ019 .,;|\t\"\n\rกขé"], 0, 12]);

    [Fact]
    public void Any_table_survives_writing_and_reading_under_each_delimiter() =>
        Gen.Select(Cell.Array[1, 6].Array[1, 20], OneOf(DelimitedText.Delimiters)).Sample((rows, delimiter) =>
        {
            var kept = rows.Where(r => r.Any(c => c.Length > 0)).ToList();
            var text = string.Join("\r\n", kept.Select(r => string.Join(delimiter, r.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));

            Assert.Equal(kept, DelimitedText.Read(new StringReader(text), delimiter).ToList());
        });

    [Fact]
    public void Any_list_survives_every_encoding_that_spreadsheets_save() =>
        Gen.Select(Gen.Int[1, 30], OneOf("utf-8", "utf-8-bom", "utf-16", "utf-16BE", "utf-16-bare", "windows-1252", "windows-874"), OneOf(',', ';', '\t', '|'))
            .Sample((count, encoding, delimiter) =>
            {
                var name = encoding switch { "windows-874" => "โรงงานนกกระสาสีฟ้า", "windows-1252" => "Société Héron Bleu Élevé", _ => "โรงงาน Héron" };
                var text = string.Join('\n', Enumerable.Range(1, count).Select(i => $"{name} {i}{delimiter}TH{delimiter}\"{i}{delimiter} {name}\"")
                    .Prepend($"Name{delimiter}Country{delimiter}Address"));

                var rows = ListFile.Read(new MemoryStream(Written(text, encoding))).ToList();

                Assert.Equal(Enumerable.Range(1, count).Select(i => $"{name} {i}"), rows.Select(r => r.Name));
                Assert.All(rows, r => Assert.Null(r.Refused));
            }, iter: 300);

    [Fact]
    public void Arbitrary_bytes_never_crash_the_reader() => Gen.OneOf(
            Gen.Byte.Array[0, 400],
            Gen.Byte.Array[0, 400].Select(b => (byte[])[0x50, 0x4B, 3, 4, .. b]),
            Gen.Byte.Array[0, 700].Select(b => (byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. b]),
            Gen.Byte.Array[0, 400].Select(b => (byte[])[.. "Name,Country\n"u8, .. b]))
        .Sample(Reads, iter: 3000);

    [Fact]
    public void A_damaged_workbook_never_crashes_the_reader()
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "list.xlsx"));
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[1, whole.Length]).Sample((at, value, length) =>
        {
            var damaged = whole.ToArray();
            damaged[at] = value;
            Reads(damaged[..length]);
            Reads(damaged);
        }, iter: 500);
    }

    [Fact]
    public void A_workbook_is_read_like_the_list_it_holds()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Fixtures", "list.xlsx"));

        var rows = ListFile.Read(file).ToList();

        Assert.Equal(["Copper Wren Textiles", "Pale Wren Textiles"], rows.Where(r => r.Refused is null).Select(r => r.Name));
        Assert.Equal(120, rows[0].Workers);
        Assert.Equal("country-missing", Assert.Single(rows, r => r.Refused is not null).Refused!.Code);
    }

    [Fact]
    public void Title_lines_before_the_headers_are_passed_over()
    {
        var rows = ListFile.Read(new MemoryStream("Our suppliers 2026\n\nชื่อโรงงาน,ประเทศ\nนกกระสา,ไทย\n"u8.ToArray())).ToList();

        Assert.Equal(("นกกระสา", "THA"), (rows[0].Name, rows[0].CountryCode));
    }

    [Fact]
    public void A_row_that_runs_past_the_headers_is_refused_instead_of_losing_its_end()
    {
        var rows = ListFile.Read(new MemoryStream("Name,Country,Address\nGrey Wren Mill,TH,12 Wren Road, Bangkok\nPale Wren Mill,TH,x,,\n"u8.ToArray())).ToList();

        Assert.Equal(["too-many-cells", null], rows.Select(r => r.Refused?.Code));
    }

    [Theory]
    [InlineData("Soci√©t√© H√©ron", "Société Héron")] // as a Macintosh shows UTF-8
    [InlineData("SociÃ©tÃ© HÃ©ron", "Société Héron")] // as Windows shows it
    [InlineData("Heron □ Mill", "Heron Mill")]
    public void Letters_that_some_program_spoilt_before_are_put_right_and_told(string name, string right)
    {
        var row = Assert.Single(ListFile.Read(new MemoryStream(Encoding.UTF8.GetBytes($"Name,Country\n{name},FR\n"))));

        Assert.Null(row.Refused);
        Assert.NotNull(row.Remark);
        Assert.Equal(right, row.Name);
    }

    [Theory]
    [InlineData("Société Héron Élevé")]
    [InlineData("โรงงานนกกระสา")]
    [InlineData("Nhà máy Đại Dương")]
    [InlineData("Heron’s Mill – Nº 280")]
    public void Letters_that_are_right_raise_no_doubt(string name) =>
        Assert.Null(Assert.Single(ListFile.Read(new MemoryStream(Encoding.UTF8.GetBytes($"Name,Country\n{name},FR\n")))).Remark);

    [Theory]
    [InlineData("th")]
    [InlineData("THA")]
    [InlineData("Thailand")]
    [InlineData("ประเทศไทย")]
    [InlineData("  ไทย ")]
    [InlineData("Tailand")]
    public void A_country_is_found_by_name_code_or_usual_misspelling(string text) => Assert.Equal("THA", Countries.Find(text));

    [Theory]
    [InlineData("Brasil", "BRA")]
    [InlineData("Deutschland", "DEU")]
    [InlineData("Tailandia", "THA")]
    [InlineData("Việt Nam", "VNM")]
    [InlineData("កម្ពុជា", "KHM")]
    [InlineData("Türkiye", "TUR")]
    [InlineData("Viet-Nam.", "VNM")]
    public void A_country_is_found_by_its_name_in_the_language_of_the_list(string text, string code) => Assert.Equal(code, Countries.Find(text));

    [Theory]
    [InlineData("Atlantis")]
    [InlineData("")]
    [InlineData("T")]
    [InlineData("XX")]
    public void What_is_no_country_is_not_guessed(string text) => Assert.Null(Countries.Find(text));

    private static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    private static void Reads(byte[] bytes)
    {
        try
        {
            _ = ListFile.Read(new MemoryStream(bytes)).Count();
        }
        catch (UnreadableListException problem)
        {
            Assert.NotEmpty(problem.Message);
        }
    }

    private static byte[] Written(string text, string encoding)
    {
        Encoding how = encoding switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-8-bom" => new UTF8Encoding(true),
            "utf-16-bare" => new UnicodeEncoding(false, false),
            _ => Encoding.GetEncoding(encoding),
        };
        return [.. how.GetPreamble(), .. how.GetBytes(text)];
    }
}
