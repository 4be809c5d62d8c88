using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Suppliers.Tests;

/// <summary>A text with U+0000 is refused at the door of every service, on either database; here it is tried on one.</summary>
public sealed class NullCharacterTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task A_null_character_in_a_body_or_an_address_is_refused_with_what_to_do()
    {
        var supplier = app.Supplier(await app.NewSupplier("Null Grebe Mill"));

        var answers = new[]
        {
            await supplier.PostAsJsonAsync($"{Base}/mine/sites", new { name = "Null Grebe\0 Hall", address = "1 Weir Road", country = "TH" }),
            await supplier.PostAsJsonAsync($"{Base}/mine/sites", new { name = "Null Grebe \\\0 Hall", address = "1 Weir Road", country = "TH" }),
            await app.Brand(SuppliersApp.BrandA).GetAsync($"{Base}/relations?query=null%00grebe"),
            await app.Brand(SuppliersApp.BrandA).PostAsync($"{Base}/imports?fileName=li%00st.csv", new StringContent("Name,Country\nNull Grebe Works,TH\n")),
        };

        foreach (var answer in answers)
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("urn:recruitment:null-character", problem.GetProperty("type").GetString());
            Assert.Contains("U+0000", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
        Assert.Empty((await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites").EnumerateArray());
    }

    [Fact]
    public async Task A_backslash_before_the_same_letters_is_a_text_like_any_other()
    {
        var supplier = app.Supplier(await app.NewSupplier("Backslash Grebe Mill"));

        var answer = await supplier.PostAsJsonAsync($"{Base}/mine/sites", new { name = @"Hall \u0000 and u0000", address = "1 Weir Road", country = "TH" });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    [Fact]
    public async Task A_null_character_in_a_list_is_taken_out_and_told()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Vendor Number\nNull\0 Godwit Mill,TH,2 Weir\0 Road,V\0-1\n");

        var row = Assert.Single((await app.Rows(SuppliersApp.BrandA, import, accepted: true)).EnumerateArray());
        Assert.Equal(("Null Godwit Mill", "characters-replaced"), (row.GetProperty("name").GetString(), row.GetProperty("code").GetString()));
    }
}
