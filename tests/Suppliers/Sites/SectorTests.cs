using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Suppliers.Tests.Sites;

/// <summary>What is made at a place is understood or asked about; it never goes away unsaid.</summary>
public sealed class SectorTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Theory]
    [InlineData("Fibre things")]
    [InlineData("99Z")]
    [InlineData("98765")]
    [InlineData("ZZ")]
    [InlineData("Knitted cotton gloves")]
    [InlineData("gloves and hats")]
    [InlineData("Cotton gloves and plastic aprons")]
    [InlineData("Fish and plastic boxes")]
    [InlineData("Apparel and footwear")]
    [InlineData("Apparel|Mining")]
    [InlineData("Leather and rubber toys")]
    [InlineData("Not seafood")]
    [InlineData("Everything except seafood")]
    [InlineData("We don’t make apparel")]
    [InlineData("Nonfood")]
    [InlineData("Frozen fish")]
    public async Task A_sector_that_is_not_understood_is_refused_with_what_can_be_said_and_the_known_one_stays(string said)
    {
        var supplier = app.Supplier(await app.NewSupplier($"Puzzling Plover Mill {said}"));
        var entered = await supplier.PostAsJsonAsync($"{Base}/mine/sites", Told("Seafood processing"));
        var site = (await entered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        var added = await supplier.PostAsJsonAsync($"{Base}/mine/sites", new { name = "Second hall", address = "2 Canal Road", country = "TH", sector = said });
        var changed = await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}", Told(said));

        foreach (var answer in new[] { added, changed })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("urn:recruitment:unknown-sector", problem.GetProperty("type").GetString());
            Assert.Contains("such as apparel, seafood or rubber gloves", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal("10", Assert.Single(await Sites(supplier)).GetProperty("sector").GetString());
        Assert.Equal("10", (await app.Host.Published<SiteChanged, SuppliersDb>()).Where(s => s.SiteId == site).MaxBy(s => s.Sequence)!.Sector);
    }

    [Theory]
    [InlineData("14", "14")]
    [InlineData("c14", "C14")]
    [InlineData("C", "C")]
    [InlineData("1", "01")]
    [InlineData("Rubber gloves", "22")]
    [InlineData("Nitrile examination gloves", "22")]
    [InlineData("Rubber and plastic products", "22")]
    [InlineData("Fish processing", "10")]
    [InlineData("Seafood and fish", "10")]
    [InlineData("Fish farm", "03")]
    [InlineData("Wooden furniture", "31")]
    [InlineData("Textile garments", "14")]
    [InlineData("Garments (plant no. 3)", "14")]
    [InlineData("Textile machinery", "28")]
    [InlineData("Non-woven fabric", "13")]
    [InlineData("Non-alcoholic beverages", "11")]
    [InlineData("Airbags", "29")]
    public async Task A_code_of_the_classification_or_a_known_word_is_understood(string said, string understood)
    {
        var supplier = app.Supplier(await app.NewSupplier($"Plain Plover Mill {said}"));

        var entered = await supplier.PostAsJsonAsync($"{Base}/mine/sites", Told(said));

        Assert.Equal(HttpStatusCode.Created, entered.StatusCode);
        Assert.Equal(understood, Assert.Single(await Sites(supplier)).GetProperty("sector").GetString());
    }

    [Fact]
    public async Task A_site_saved_without_a_sector_keeps_the_one_that_is_known()
    {
        var supplier = app.Supplier(await app.NewSupplier("Silent Plover Mill"));
        var entered = await supplier.PostAsJsonAsync($"{Base}/mine/sites", Told("Apparel"));
        var site = (await entered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        var changed = await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}", Told(null));

        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal("14", Assert.Single(await Sites(supplier)).GetProperty("sector").GetString());
    }

    [Fact]
    public async Task A_row_of_a_list_whose_sector_is_not_understood_is_taken_and_says_so()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Sector\nPuzzling Snipe Mill,TH,1 Snipe Road,Fibre things\nPlain Snipe Mill,TH,2 Snipe Road,Apparel\nSilent Snipe Mill,TH,3 Snipe Road,n/a\nOdd\uFFFD Snipe Mill,TH,4 Snipe Road,Fibre things\nDivided Snipe Mill,TH,5 Snipe Road,Fish and plastic boxes\nDenied Snipe Mill,TH,6 Snipe Road,Not seafood\n");

        var rows = (await app.Rows(SuppliersApp.BrandA, import, accepted: true)).EnumerateArray().ToList();

        Assert.Equal(6, rows.Count);
        Assert.Equal(("Sector", "sector-unknown"), (rows[0].GetProperty("column").GetString(), rows[0].GetProperty("code").GetString()));
        Assert.Contains("\"Fibre things\" was not understood", rows[0].GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.All(rows.Skip(1).Take(2), row => Assert.Equal(JsonValueKind.Null, row.GetProperty("sentence").ValueKind));
        Assert.Equal("characters-replaced", rows[3].GetProperty("code").GetString());
        Assert.All(rows.Skip(4), row => Assert.Equal("sector-unknown", row.GetProperty("code").GetString()));
        Assert.DoesNotContain(await app.Host.Published<SiteListed, SuppliersDb>(), s => s.Name is "Divided Snipe Mill" or "Denied Snipe Mill" && s.Sector is not null);
        Assert.Contains("\"Fibre things\" was not understood", rows[3].GetProperty("sentence").GetString(), StringComparison.Ordinal);
    }

    private static object Told(string? sector) => new { name = "Plover hall", address = "12 Canal Road", country = "TH", sector };

    private static async Task<List<JsonElement>> Sites(HttpClient supplier) =>
        [.. (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites").EnumerateArray()];
}
