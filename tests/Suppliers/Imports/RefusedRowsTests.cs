using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Suppliers.Imports;

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>Refused rows go out whole, are mended in a spreadsheet and come back as if the whole list had been mended.</summary>
public sealed class RefusedRowsTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Ours = "Refused row,Refused column,Refused code,Refused: what to do";

    [Fact]
    public async Task A_replica_that_could_open_none_of_them_does_not_start()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_POSTGRES") is null or "", "Without a server they lie where their secret does.");
        await app.Import(SuppliersApp.BrandA, "Factory name,Country\nGrey Heron Knits,Atlantis\n");
        var folder = Directory.CreateTempSubdirectory("recruitment-replica-").FullName;

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Replica(folder));

        Assert.Contains("'Secrets:suppliers-files' is missing", refused.Message, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(folder, "secrets"));
        await File.WriteAllTextAsync(Path.Combine(folder, "secrets", "suppliers-files"), new string('x', 50), TestContext.Current.CancellationToken);
        refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Replica(folder));

        Assert.Contains("'Secrets:suppliers-files' is another one", refused.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_mended_row_has_all_that_the_list_said_of_it()
    {
        const string list = "Vendor No,Factory name,Country,Address,Sector,Workers,Latitude,Longitude,Contact team\n"
            + "V-01,Good Curlew Mill,TH,1 Curlew Road,Apparel,10,,,east\n"
            + "V-02,Lost Curlew Mill,Atlantis,\"2, Curlew Road\",Seafood,420,-6.25,106.5,\"north \"\"2\"\"\"\n"
            + "V-03,Far Curlew Mill,Indonesia,3 Curlew Road,Apparel,55,-96.25,106.5,@west\n";
        var import = await app.Import(SuppliersApp.BrandA, list);

        var csv = await Download(import);
        var again = await app.Import(SuppliersApp.BrandA, csv.Replace("Atlantis", "Indonesia", StringComparison.Ordinal).Replace("-96.25", "-6.5", StringComparison.Ordinal));

        Assert.StartsWith($"{Ours},Vendor No,Factory name,Country,Address,Sector,Workers,Latitude,Longitude,Contact team\r\n2,Country,country-unknown,", csv, StringComparison.Ordinal);
        Assert.Contains(",V-02,Lost Curlew Mill,Atlantis,\"2, Curlew Road\",Seafood,420,'-6.25,106.5,\"north \"\"2\"\"\"\r\n", csv, StringComparison.Ordinal);
        Assert.EndsWith(",V-03,Far Curlew Mill,Indonesia,3 Curlew Road,Apparel,55,'-96.25,106.5,'@west\r\n", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("Good Curlew", csv, StringComparison.Ordinal);
        Assert.Equal((2, 0), Outcome(again));
        Assert.Equal("V-02 Lost Curlew Mill, 2, Curlew Road: 10 420 -6.25 106.5", await Said("Lost Curlew Mill"));
        Assert.Equal("V-03 Far Curlew Mill, 3 Curlew Road: 14 55 -6.5 106.5", await Said("Far Curlew Mill"));
    }

    [Fact]
    public async Task A_row_that_is_still_refused_comes_back_with_our_columns_once()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Workers\nStubborn Curlew Mill,Atlantis,many\n");
        var once = await Download(import);

        var twice = await Download(await app.Import(SuppliersApp.BrandA, once));

        Assert.Equal(once, twice);
    }

    [Fact]
    public async Task A_list_with_headings_in_another_language_keeps_them()
    {
        var import = await app.Import(SuppliersApp.BrandA, "รายชื่อ;;;;\nชื่อโรงงาน;ประเทศ;ที่อยู่;จำนวนคนงาน;อุตสาหกรรม;ละติจูด;ลองจิจูด\nThai Curlew Mill;แอตแลนติส;1 ถนน;1.200;Apparel;13,5;100,25\n");

        var csv = await Download(import);
        var again = await app.Import(SuppliersApp.BrandA, csv.Replace("แอตแลนติส", "ไทย", StringComparison.Ordinal));

        Assert.StartsWith($"{Ours},ชื่อโรงงาน,ประเทศ,ที่อยู่,จำนวนคนงาน,อุตสาหกรรม,ละติจูด,ลองจิจูด\r\n", csv, StringComparison.Ordinal);
        Assert.Equal((1, 0), Outcome(again));
        Assert.Equal(" Thai Curlew Mill, 1 ถนน: 14 1200 13.5 100.25", await Said("Thai Curlew Mill"));
    }

    [Fact]
    public async Task Two_columns_with_the_same_heading_stay_two_and_the_first_is_read()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Name,Country,Note,,Note,Sector\nTwin Curlew Mill,Other Curlew,Atlantis,a,b,c,Apparel\n");

        var csv = await Download(import);
        await app.Import(SuppliersApp.BrandA, csv.Replace("Atlantis", "TH", StringComparison.Ordinal));

        Assert.StartsWith($"{Ours},Name,Name,Country,Note,,Note,Sector\r\n", csv, StringComparison.Ordinal);
        Assert.EndsWith(",Twin Curlew Mill,Other Curlew,Atlantis,a,b,c,Apparel\r\n", csv, StringComparison.Ordinal);
        Assert.Equal(" Twin Curlew Mill, : 14   ", await Said("Twin Curlew Mill"));
    }

    [Fact]
    public async Task A_row_whose_cells_were_moved_by_a_comma_has_all_of_them_and_can_be_mended()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Workers\nMoved Curlew Mill,TH,1 Curlew Road, Bangkok,77\n");

        var csv = await Download(import);
        await app.Import(SuppliersApp.BrandA, csv.Replace("1 Curlew Road, Bangkok", "\"1 Curlew Road, Bangkok\"", StringComparison.Ordinal));

        Assert.Equal(" Moved Curlew Mill, 1 Curlew Road, Bangkok:  77  ", await Said("Moved Curlew Mill"));
    }

    [Fact]
    public async Task Sheets_of_a_workbook_that_call_the_same_differently_are_one_table_to_mend()
    {
        using var workbook = Workbooks.Of([
            ("Cover", [Workbooks.Row(1, Workbooks.Cell("A1", "Our suppliers"))]),
            ("North", [Cells(1, "Company", "Country", "Workers"), Cells(2, "North Curlew Mill", "Atlantis", "11", "", "beside the table")]),
            ("South", [Cells(1, "Industry", "Supplier", "Pays", "Factory", "Lat", "Lng"), Cells(2, "Apparel", "South Curlew Group", "Atlantis", "South Curlew Mill", "-6.25", "106.5")])]);
        using var content = new StreamContent(workbook);
        var import = await app.Import(SuppliersApp.BrandA, "?fileName=list.xlsx", content);

        var csv = await Download(import);
        var again = await app.Import(SuppliersApp.BrandA, csv.Replace("Atlantis", "Indonesia", StringComparison.Ordinal));

        Assert.StartsWith($"{Ours},Factory,Country,Workers,,,Industry,Supplier,Lat,Lng\r\n1,Name,sheet-skipped,", csv, StringComparison.Ordinal);
        Assert.Contains(",North Curlew Mill,Atlantis,11,,beside the table,,,,\r\n", csv, StringComparison.Ordinal);
        Assert.Equal((2, 0), Outcome(again));
        Assert.Equal(" North Curlew Mill, :  11  ", await Said("North Curlew Mill"));
        Assert.Equal(" South Curlew Mill, : 14  -6.25 106.5", await Said("South Curlew Mill"));
    }

    [Fact]
    public async Task A_mended_file_saved_as_a_workbook_is_read_alike()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Sector,Latitude,Longitude\nSaved Curlew Mill,Atlantis,Apparel,-6.25,106.5\n");
        var rows = DelimitedText.Read(new StringReader((await Download(import)).Replace("Atlantis", "Indonesia", StringComparison.Ordinal)), ',').Select((cells, i) => Cells(i + 1, cells)).ToArray();
        using var content = new StreamContent(Workbooks.Of(rows));

        await app.Import(SuppliersApp.BrandA, "?fileName=mended.xlsx", content);

        Assert.Equal(" Saved Curlew Mill, : 14  -6.25 106.5", await Said("Saved Curlew Mill"));
    }

    [Theory]
    [InlineData("=1+1 Curlew", "'=1+1 Curlew")]
    [InlineData("@Curlew", "'@Curlew")]
    [InlineData("'=2+2 Curlew", "'=2+2 Curlew")] // a spreadsheet shows it without the apostrophe, and so does the list
    public async Task A_defused_cell_is_read_back_as_the_list_itself_is_read(string name, string cell)
    {
        var import = await app.Import(SuppliersApp.BrandA, $"Name,Country\n{name},Atlantis\n");

        var csv = await Download(import);
        await app.Import(SuppliersApp.BrandA, csv.Replace("Atlantis", "TH", StringComparison.Ordinal));

        Assert.EndsWith($",{cell},Atlantis\r\n", csv, StringComparison.Ordinal);
        Assert.Equal($" {name.TrimStart('\'')}, :    ", await Said(name.TrimStart('\'')));
        Assert.Null(await Said($"'{name.TrimStart('\'')}"));
    }

    [Fact]
    public async Task Only_refused_rows_are_kept_and_encrypted()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Note\nTaken Curlew Mill,TH,plain\nKept Curlew Mill,Atlantis,plain\nThird Curlew Mill,Atlantis,plain\n");

        var rows = await Stored(import);

        Assert.Equal([(true, false, false), (false, true, true), (false, false, true)], rows.Select(r => (r.Accepted, r.Headings is not null, r.Cells is not null)));
        Assert.All(rows.Where(r => r.Cells is not null), r => Assert.Equal(-1, r.Cells.AsSpan().IndexOf("plain"u8)));
        Assert.Equal(-1, rows[1].Headings.AsSpan().IndexOf("Note"u8));
    }

    [Fact]
    public async Task A_row_too_long_to_keep_comes_with_name_country_and_address_and_says_so()
    {
        var import = await app.Import(SuppliersApp.BrandA,
            $"Note,Address,Name,Country\n{new string('n', 9000)},1 Long Road,Long Curlew Mill,Atlantis\nshort,2 Long Road,Short Curlew Mill,Atlantis\n");

        var csv = await Download(import);

        Assert.Contains("take the rest from your own list.\",,1 Long Road,Long Curlew Mill,Atlantis\r\n", csv, StringComparison.Ordinal);
        Assert.EndsWith(",short,2 Long Road,Short Curlew Mill,Atlantis\r\n", csv, StringComparison.Ordinal);
        var alone = await Download(await app.Import(SuppliersApp.BrandA, $"Note,Name,Country\n{new string('n', 9000)},Lone Curlew Mill,Atlantis\n"));
        Assert.StartsWith($"{Ours},Note,Name,Country\r\n", alone, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_kept_of_a_list_has_an_end()
    {
        var kept = new KeptRows();
        string[] cells = [new('x', 8000)];

        var rows = Enumerable.Range(0, 5000).Count(_ => kept.Keep(["Name"], cells, beside: false)?.Cells is not null);

        Assert.Equal((Recruitment.Platform.SizeLimits.SupplierListKept - 5) / 8001, rows);
    }

    [Fact]
    public async Task Of_a_list_read_before_cells_were_kept_there_is_what_was_kept_then()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Sector\nOld Curlew Mill,Atlantis,1 Old Road,Apparel\n");
        await using (var scope = app.Host.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SuppliersDb>().ImportRows.Where(r => r.ImportId == Id(import))
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.Headings, (byte[]?)null).SetProperty(x => x.Cells, (byte[]?)null));
        }

        var csv = await Download(import);

        Assert.StartsWith("Row,Name,Country,Address,Column,Code,What to do\r\n1,Old Curlew Mill,Atlantis,1 Old Road,Country,country-unknown,", csv, StringComparison.Ordinal);
    }

    private static string Cells(int row, params string[] texts) => Workbooks.Row(row, [.. texts.Select((t, i) => Workbooks.Cell($"{(char)('A' + i)}{row}", t))]);

    private static Guid Id(System.Text.Json.JsonElement import) => import.GetProperty("id").GetGuid();

    private static (int, int) Outcome(System.Text.Json.JsonElement import) => (import.GetProperty("accepted").GetInt32(), import.GetProperty("refused").GetInt32());

    /// <summary>Without the byte order mark.</summary>
    private async Task<string> Download(System.Text.Json.JsonElement import) =>
        Encoding.UTF8.GetString((await app.Brand(SuppliersApp.BrandA).GetByteArrayAsync($"/api/v1/suppliers/imports/{Id(import)}/refused.csv"))[3..]);

    private async Task<List<ImportRow>> Stored(System.Text.Json.JsonElement import)
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SuppliersDb>().ImportRows.AsNoTracking().Where(r => r.ImportId == Id(import)).OrderBy(r => r.Number).ToListAsync();
    }

    /// <summary>All that the brand's list says of a site of this name.</summary>
    private async Task<string?> Said(string name)
    {
        await using var scope = app.Host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SuppliersDb>().Listings.AsNoTracking().Where(l => l.Name == name).SingleOrDefaultAsync() is not { } l ? null
            : FormattableString.Invariant($"{l.VendorNumber} {l.Name}, {l.Address}: {l.Sector} {l.Workers} {l.Latitude} {l.Longitude}");
    }
}
