using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Suppliers.Tests.Imports;

public sealed class ImportTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Header = "Vendor No,Factory name,Country,Address,Sector,Workers,Latitude,Longitude\n";

    [Fact]
    public async Task A_row_is_accepted_or_refused_with_its_number_column_and_reason()
    {
        var import = await app.Import(SuppliersApp.BrandA, Header
            + "1,Blue Heron Knits,Tailand,1 Mill Road,Apparel,420,13.5,100.2\n"
            + "2,,Thailand,2 Mill Road,Apparel,10,,\n"
            + "3,Grey Heron Knits,Atlantis,3 Mill Road,Apparel,10,,\n"
            + "4,BLUE HERON KNITS,TH,\"1, Mill Road\",Apparel,10,,\n"
            + "5,Red Heron Knits,VNM,5 Mill Road,Apparel,many,,\n"
            + "6,Teal Heron Knits,Viet Nam,6 Mill Road,Apparel,10,113.5,500\n"
            + $"7,{new string('x', 301)},TH,7 Mill Road,Apparel,10,,\n"
            + "8,Odd\uFFFD Heron Knits,TH,8 Mill Road,Apparel,10,,\n");

        Assert.Equal("done", import.GetProperty("status").GetString());
        var refused = (await app.Rows(SuppliersApp.BrandA, import, accepted: false)).EnumerateArray()
            .Select(r => $"{r.GetProperty("number")} {r.GetProperty("column").GetString()} {r.GetProperty("code").GetString()}");
        Assert.Equal(
        [
            "2 Name name-missing", "3 Country country-unknown", "4 Name row-repeated", "5 Workers workers-wrong",
            "6 Latitude coordinates-wrong", "7 Name name-too-long",
        ], refused);
        var accepted = (await app.Rows(SuppliersApp.BrandA, import, accepted: true)).EnumerateArray().ToList();
        Assert.Equal(["1", "8"], accepted.Select(r => r.GetProperty("number").ToString()));
        Assert.Equal("characters-replaced", accepted[1].GetProperty("code").GetString());
    }

    [Fact]
    public async Task The_same_list_again_changes_nothing_and_publishes_nothing()
    {
        const string list = Header + "1,Quiet Ferry Garments,TH,1 Pier Road,Apparel,420,,\n";
        var first = await app.Import(SuppliersApp.BrandA, list);
        var before = await Published();

        var second = await app.Import(SuppliersApp.BrandA, list.Replace("Quiet Ferry Garments,TH", "QUIET  FERRY Garments.,Thailand", StringComparison.Ordinal));

        Assert.Equal(1, first.GetProperty("added").GetInt32());
        Assert.Equal(0, second.GetProperty("added").GetInt32());
        Assert.Equal(1, second.GetProperty("accepted").GetInt32());
        Assert.Equal(0, second.GetProperty("changed").GetInt32());
        Assert.Equal(before, await Published());

        async Task<int> Published() => (await app.Host.Published<SiteListed, SuppliersDb>()).Count
            + (await app.Host.Published<PartyChanged, SuppliersDb>()).Count + (await app.Host.Published<SupplyRelationChanged, SuppliersDb>()).Count;
    }

    [Fact]
    public async Task An_accepted_row_is_published_as_party_relation_and_the_brands_own_words_but_not_as_a_site()
    {
        await app.Import(SuppliersApp.BrandA, Header + "1,Amber Stork Footwear,Cambodia,9 River Road,Footwear,55,,\n");

        var listed = Assert.Single(await app.Host.Published<SiteListed, SuppliersDb>(), s => s.Name == "Amber Stork Footwear");
        Assert.Equal(("KHM", "15", 55, SuppliersApp.BrandA), (listed.Country, listed.Sector, listed.Workers, listed.BrandPartyId));
        var party = Assert.Single(await app.Host.Published<PartyChanged, SuppliersDb>(), p => p.PartyId == listed.SupplierPartyId);
        Assert.Equal("supplier", party.Kind);
        Assert.Contains(await app.Host.Published<SupplyRelationChanged, SuppliersDb>(),
            r => r.SupplierPartyId == party.PartyId && r.BrandPartyId == SuppliersApp.BrandA && r is { Status: "open", SharedOn: null, SupplierName: "Amber Stork Footwear" });
        Assert.DoesNotContain(await app.Host.Published<SiteChanged, SuppliersDb>(), s => s.SiteId == listed.SiteId);
    }

    [Fact]
    public async Task A_newer_list_of_the_same_brand_renews_its_own_figures_and_nobody_elses()
    {
        const string list = Header + "1,Renewed Stork Mill,TH,1 Stork Road,,55,,\n";
        await app.Import(SuppliersApp.BrandA, list);
        await app.Import(SuppliersApp.BrandB, list);

        var newer = await app.Import(SuppliersApp.BrandA, list.Replace(",,55", ",Apparel,60", StringComparison.Ordinal));
        var shorter = await app.Import(SuppliersApp.BrandA, "Factory name,Country,Address\nRenewed Stork Mill,TH,1 Stork Road\n");

        Assert.Equal((0, 1), (newer.GetProperty("added").GetInt32(), newer.GetProperty("changed").GetInt32()));
        Assert.Equal(0, shorter.GetProperty("changed").GetInt32());
        var words = (await app.Host.Published<SiteListed, SuppliersDb>()).Where(s => s.Name == "Renewed Stork Mill").ToList();
        Assert.Equal([(1L, 55), (2L, 60)], words.Where(w => w.BrandPartyId == SuppliersApp.BrandA).Select(w => (w.Sequence, w.Workers!.Value)));
        Assert.Equal(55, Assert.Single(words, w => w.BrandPartyId == SuppliersApp.BrandB).Workers);
    }

    [Theory]
    [InlineData("Name,Country\n\"Open quote,TH\nNext,TH\n", "quote-not-closed")]
    [InlineData("Colour,Shape\nred,round\n", "columns-missing")]
    [InlineData("Name,Country\n", "list-empty")]
    public async Task A_list_that_cannot_be_read_says_why_and_changes_nothing(string text, string code)
    {
        var import = await app.Import(SuppliersApp.BrandB, text);

        Assert.Equal("failed", import.GetProperty("status").GetString());
        Assert.Equal(code, import.GetProperty("problemCode").GetString());
        Assert.Equal(0, import.GetProperty("rowsRead").GetInt32());
    }

    [Fact]
    public async Task A_form_with_a_file_is_read_like_the_file_itself()
    {
        using var form = new MultipartFormDataContent { { new StringContent("ignored"), "note" }, { new ByteArrayContent(Encoding.UTF8.GetBytes("Name;Country\nForm Swan Mill;LA\n")), "list", "mine.csv" } };

        var import = await app.Import(SuppliersApp.BrandA, "", form);

        Assert.Equal("done", import.GetProperty("status").GetString());
        Assert.Equal("mine.csv", import.GetProperty("fileName").GetString());
    }

    [Fact]
    public async Task An_empty_upload_is_a_problem_that_says_what_to_do()
    {
        var answer = await app.Brand(SuppliersApp.BrandA).PostAsync("/api/v1/suppliers/imports", new ByteArrayContent([]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("urn:recruitment:list-empty", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upload_over_the_limit_names_the_limit_and_leaves_nothing(bool inPieces)
    {
        var before = await app.Brand(SuppliersApp.BrandA).GetStringAsync("/api/v1/suppliers/imports");
        using var content = new StreamContent(new Endless(Recruitment.Platform.SizeLimits.SupplierList + 1));
        if (inPieces) content.Headers.ContentLength = null;
        else content.Headers.ContentLength = Recruitment.Platform.SizeLimits.SupplierList + 1;

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/suppliers/imports") { Content = content };
        request.Headers.TransferEncodingChunked = inPieces;
        using var answer = await app.Brand(SuppliersApp.BrandA).SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("512 MB", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, await app.Brand(SuppliersApp.BrandA).GetStringAsync("/api/v1/suppliers/imports"));
        await using var scope = app.Host.Services.CreateAsyncScope();
        Assert.False(await scope.ServiceProvider.GetRequiredService<SuppliersDb>().Imports.AnyAsync(i => i.Status == "receiving"));
    }

    [Fact]
    public async Task Refused_rows_can_be_downloaded_and_no_cell_of_them_is_a_formula()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Address\n=1+1,Atlantis,\"a, b\"\n");

        var csv = await app.Brand(SuppliersApp.BrandA).GetStringAsync($"/api/v1/suppliers/imports/{import.GetProperty("id").GetGuid()}/refused.csv");

        Assert.EndsWith(",'=1+1,Atlantis,\"a, b\"\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_brands_import_does_not_exist()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country\nSilent Egret Works,TH\n");
        var address = $"/api/v1/suppliers/imports/{import.GetProperty("id").GetGuid()}";

        foreach (var path in new[] { "", "/rows", "/refused.csv" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(SuppliersApp.BrandB).GetAsync(address + path)).StatusCode);
    }

    /// <summary>A text of so many letters, without holding it.</summary>
    private sealed class Endless(long length) : Stream
    {
        private long left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(left, count);
            buffer.AsSpan(offset, given).Fill((byte)'a');
            left -= given;
            return given;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
