using System.Net;
using System.Net.Http.Json;
using System.Text;
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

    [Theory]
    [InlineData("application/json", "utf-16")]
    [InlineData("application/json", "\"utf-16\"")]
    [InlineData("application/json", "utf-16BE")]
    [InlineData("application/json", "iso-8859-1")]
    [InlineData("application/vnd.mill+json", "utf-16")]
    [InlineData("application/x-www-form-urlencoded", "utf-16")]
    public async Task A_body_in_another_character_set_does_not_pass_by_the_search_for_null_characters(string type, string charset)
    {
        var supplier = app.Supplier(await app.NewSupplier($"Wide Grebe Mill {charset.Trim('"')} {type.Length} {charset.Length}"));
        var encoding = Encoding.GetEncoding(charset.Trim('"'));
        using var body = new ByteArrayContent(encoding.GetBytes("""{"name":"Wide\u0000 Hall","address":"1 Weir Road","country":"TH"}"""));
        body.Headers.TryAddWithoutValidation("Content-Type", $"{type}; charset={charset}");

        var answer = await supplier.PostAsync($"{Base}/mine/sites", body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        if (type.Contains("json", StringComparison.Ordinal))
            Assert.Equal("urn:recruitment:wrong-charset", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        Assert.Empty((await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites").EnumerateArray());
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("\"UTF-8\"")]
    public async Task Utf_8_may_be_named(string charset)
    {
        var supplier = app.Supplier(await app.NewSupplier($"Named Grebe Mill {charset.Length}"));
        using var body = new ByteArrayContent("""{"name":"Named Hall","address":"1 Weir Road","country":"TH"}"""u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");

        Assert.Equal(HttpStatusCode.Created, (await supplier.PostAsync($"{Base}/mine/sites", body)).StatusCode);
    }

    [Fact]
    public async Task A_null_character_in_a_list_is_taken_out_and_told()
    {
        var import = await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Vendor Number\nNull\0 Godwit Mill,TH,2 Weir\0 Road,V\0-1\n");

        var row = Assert.Single((await app.Rows(SuppliersApp.BrandA, import, accepted: true)).EnumerateArray());
        Assert.Equal(("Null Godwit Mill", "characters-replaced"), (row.GetProperty("name").GetString(), row.GetProperty("code").GetString()));
    }
}
