using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Recruitment.Suppliers.Tests.Imports.Workbooks;

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>What is no list is refused while its sender waits, and nothing of it stays.</summary>
public sealed class NoListTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Address = "/api/v1/suppliers/imports";

    private static readonly string[] Taken =
    [
        "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.ms-excel", "application/octet-stream", "multipart/form-data",
    ];

    public static TheoryData<string, string, int> Files => new()
    {
        { "a PDF", "is-pdf", 415 },
        { "a picture", "is-picture", 415 },
        { "a photo", "is-picture", 415 },
        { "a program", "is-program", 415 },
        { "a program for Windows", "is-program", 415 },
        { "a program for Windows as compilers make it", "is-program", 415 },
        { "a small program for Windows", "is-program", 415 },
        { "noise marked as UTF-16", "is-binary", 415 },
        { "noise marked as UTF-16 the other way round", "is-binary", 415 },
        { "a little noise marked as UTF-16", "is-binary", 415 },
        { "noise marked as UTF-32", "is-binary", 415 },
        { "noise full of zeros", "is-binary", 415 },
        { "a packed file", "is-archive", 415 },
        { "an archive of pictures", "is-archive", 415 },
        { "a letter", "is-document", 415 },
        { "noise", "is-binary", 415 },
        { "half a workbook", "workbook-unreadable", 400 },
        { "half of a large workbook", "workbook-unreadable", 400 },
        { "a letter of the old kind", "workbook-unreadable", 400 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_is_no_list_is_refused_with_what_to_do_and_nothing_is_kept(string what, string code, int status)
    {
        var brand = app.Brand(SuppliersApp.BrandB);
        var before = await brand.GetStringAsync(Address);

        using var answer = await brand.PostAsync($"{Address}?fileName=list.csv", new ByteArrayContent(File(what)));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.Contains($"urn:recruitment:{code}", said, StringComparison.Ordinal);
        Assert.DoesNotContain(said, c => char.IsControl(c) || c > 0x7E); // nothing of the file itself
        Assert.Equal(before, await brand.GetStringAsync(Address));
        await NothingIsLeft();
    }

    [Theory]
    [InlineData("a letter")]
    [InlineData("an archive of pictures")]
    [InlineData("a packed file")]
    public async Task Who_packs_something_else_reads_which_formats_are_taken(string what)
    {
        using var answer = await app.Brand(SuppliersApp.BrandB).PostAsync($"{Address}?fileName=list.xlsx", new ByteArrayContent(File(what)));

        Assert.Contains("XLSX, XLS or CSV", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_whose_file_breaks_off_is_told_and_leaves_nothing()
    {
        using var cutOff = new ByteArrayContent(Encoding.UTF8.GetBytes(
            "--x\r\nContent-Disposition: form-data; name=\"list\"; filename=\"list.csv\"\r\n\r\nName,Country\n" + new string('a', 600_000)));
        cutOff.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");

        using var answer = await app.Brand(SuppliersApp.BrandB).PostAsync(Address, cutOff);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("urn:recruitment:upload-cut-off", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        await NothingIsLeft();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain; charset=utf-8")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task What_is_sent_as_something_else_than_a_list_is_told_which_formats_are_taken_and_leaves_nothing(string type)
    {
        var brand = app.Brand(SuppliersApp.BrandB);
        var before = await brand.GetStringAsync(Address);
        using var body = new ByteArrayContent("Name,Country\nWrong Heron Mill,TH\n"u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await brand.PostAsync($"{Address}?fileName=list.csv", body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("urn:recruitment:wrong-media-type", problem.GetProperty("type").GetString());
        foreach (var taken in Taken) Assert.Contains(taken, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await brand.GetStringAsync(Address));
        await NothingIsLeft();
    }

    [Fact]
    public async Task Every_type_that_the_document_names_is_taken_and_so_is_none()
    {
        var document = await app.Host.Anonymous().GetFromJsonAsync<JsonElement>("/openapi/suppliers.json");
        var named = document.GetProperty("paths").GetProperty(Address).GetProperty("post").GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(t => t.Name);
        Assert.Equal(Taken.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));

        foreach (var type in Taken.Where(t => t != "multipart/form-data").Append("Text/CSV; charset=utf-8").Append(null))
        {
            using var body = new ByteArrayContent("Name,Country\nNamed Heron Mill,TH\n"u8.ToArray());
            if (type is not null) body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            Assert.Equal("done", (await app.Import(SuppliersApp.BrandB, "?fileName=list.csv", body)).GetProperty("status").GetString());
        }
    }

    [Theory]
    [InlineData("PK,Heron Mill\n")] // Pakistan, not an archive
    [InlineData("MZ,Heron Mill\n")]
    public async Task A_list_that_begins_like_another_file_is_a_list_all_the_same(string first)
    {
        var import = await app.Import(SuppliersApp.BrandB, $"{first}Country,Name\nTH,{first[..2]} Heron Mill\n");

        Assert.Equal(("done", 1), (import.GetProperty("status").GetString(), import.GetProperty("accepted").GetInt32()));
    }

    [Theory]
    [InlineData("โรงงานนกกระสาสีฟ้าแห่งท่าเรือเก่าริมแม่น้ำ", false)]
    [InlineData("โรงงานนกกระสาสีฟ้าแห่งท่าเรือเก่าริมแม่น้ำ", true)]
    [InlineData("苍鹭第一针织厂", false)] // of the numeral in it the other byte is zero than of Latin letters
    [InlineData("苍鹭第一针织厂", true)]
    [InlineData("กระสา 🪶", true)]
    public async Task A_list_in_UTF_16_is_a_list_whatever_its_script_with_a_mark_or_without(string name, bool marked)
    {
        foreach (var encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var text = encoding.GetBytes($"Name,Country\n{string.Concat(Enumerable.Range(1, 40).Select(i => $"{name} {i},TH\n"))}");

            var import = await app.Import(SuppliersApp.BrandB, [.. marked ? encoding.GetPreamble() : [], .. text]);

            Assert.Equal(("done", 40), (import.GetProperty("status").GetString(), import.GetProperty("accepted").GetInt32()));
        }
    }

    [Fact]
    public async Task A_list_that_could_not_be_read_can_be_removed_and_no_other()
    {
        var failed = await app.Import(SuppliersApp.BrandB, "Colour,Shape\nred,round\n");
        var read = await app.Import(SuppliersApp.BrandB, "Name,Country\nLasting Heron Mill,TH\n");

        Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(SuppliersApp.BrandA).DeleteAsync(At(failed))).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await app.Brand(SuppliersApp.BrandB).DeleteAsync(At(read))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await app.Brand(SuppliersApp.BrandB).DeleteAsync(At(failed))).StatusCode);

        var left = await app.Brand(SuppliersApp.BrandB).GetStringAsync(Address);
        Assert.DoesNotContain(failed.GetProperty("id").GetString()!, left, StringComparison.Ordinal);
        Assert.Contains(read.GetProperty("id").GetString()!, left, StringComparison.Ordinal);

        static string At(JsonElement import) => $"{Address}/{import.GetProperty("id").GetGuid()}";
    }

    private async Task NothingIsLeft()
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SuppliersDb>();
        Assert.False(await db.Imports.AnyAsync(i => i.Status == "receiving"));
        Assert.False(await db.Chunks.AnyAsync());
    }

    private static byte[] File(string what)
    {
        var noise = new byte[1000];
        new Random(7).NextBytes(noise);
        return what switch
        {
            "a PDF" => [.. "%PDF-1.7\n"u8, .. noise],
            "a picture" => [0x89, .. "PNG\r\n\u001a\n"u8, .. noise],
            "a photo" => [0xFF, 0xD8, 0xFF, 0xE0, .. noise],
            "a program" => [0x7F, .. "ELF"u8, .. noise],
            "a program for Windows" => [.. "MZ"u8, .. noise],
            "a program for Windows as compilers make it" => [.. Header(), .. noise.SelectMany(b => new byte[] { b, 0, 0, 0 })],
            "a small program for Windows" => [.. "MZnopd, and words enough for a text"u8, 0, 0, 1],
            "noise marked as UTF-16" => [0xFF, 0xFE, .. noise],
            "noise marked as UTF-16 the other way round" => [0xFE, 0xFF, .. noise],
            "a little noise marked as UTF-16" => [0xFF, 0xFE, .. noise[..24]],
            "noise marked as UTF-32" => [0xFF, 0xFE, 0, 0, .. noise],
            "noise full of zeros" => [.. noise.SelectMany(b => new byte[] { b, 0, 0, b, 0, b, b })],
            "a packed file" => [0x1F, 0x8B, 8, 0, .. noise],
            "noise" => noise,
            "a letter of the old kind" => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. noise],
            "a letter" => Letter(),
            "half a workbook" => Half(10),
            "half of a large workbook" => Half(60_000),
            _ => Pictures(),
        };
    }

    /// <summary>As every program for Windows begins: a few small numbers among zeros, and where the rest is.</summary>
    private static byte[] Header()
    {
        var header = new byte[64];
        byte[] known = [.. "MZ"u8, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0xB8];
        known.CopyTo(header, 0);
        (header[24], header[60]) = (0x40, 0x80);
        return header;
    }

    /// <summary>The index of an archive stands at its end: what is cut off has none.</summary>
    private static byte[] Half(int rows)
    {
        var random = new Random(7);
        using var workbook = Of([("Sites", Enumerable.Range(2, rows).Select(i => Row(i, Cell($"A{i}", $"Mill {random.NextInt64()}"), Cell($"B{i}", "TH"))).Prepend(Head))]);
        var whole = workbook.ToArray();
        return whole[..(whole.Length * 9 / 10)];
    }

    /// <summary>As a word processor packs it: in all but its words like a workbook.</summary>
    private static byte[] Letter()
    {
        using var file = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "_rels/.rels", ["<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" "
                + "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"]);
            Part(zip, "word/document.xml", ["<document xmlns=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><body><p><r><t>Name, Country</t></r></p></body></document>"]);
        }
        return file.ToArray();
    }

    private static byte[] Pictures()
    {
        using var file = new MemoryStream();
        using (var zip = new System.IO.Compression.ZipArchive(file, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true)) Part(zip, "mill.png", ["not really"]);
        return file.ToArray();
    }
}
