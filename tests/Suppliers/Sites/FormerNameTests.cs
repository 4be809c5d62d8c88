using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Suppliers.Tests.Sites;

/// <summary>The adversary is an accused supplier: with a tick or another name it would leave the search of the workers and of those who name the accused.</summary>
public sealed class FormerNameTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task A_site_that_has_ended_is_found_as_before()
    {
        var supplier = app.Supplier(await app.NewSupplier("Lasting Curlew Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Lasting Curlew Works");
        var before = (await Search("lasting curlew")).GetRawText();

        await Change(supplier, site, "Lasting Curlew Works", "ended");

        Assert.Equal(before, (await Search("lasting curlew")).GetRawText());
        Assert.Equal(site, Assert.Single((await Search("lasting curlew")).EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_site_with_a_new_name_is_found_by_every_name_it_had_and_answers_with_the_one_of_now()
    {
        var supplier = app.Supplier(await app.NewSupplier("Changing Whimbrel Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Ochre Whimbrel Works");
        await Change(supplier, site, "Umbra Gannet Hall");
        await Change(supplier, site, "Sepia Fulmar House");

        foreach (var name in new[] { "Ochre Whimbrel Works", "Umbra Gannet Hall" })
        {
            var line = Assert.Single((await Search(name)).EnumerateArray());
            Assert.Equal((site, "site", "Sepia Fulmar House", name),
                (line.GetProperty("id").GetGuid(), line.GetProperty("kind").GetString(), line.GetProperty("name").GetString(), line.GetProperty("foundAs").GetString()));
        }
        Assert.Equal(JsonValueKind.Null, Assert.Single((await Search("sepia fulmar")).EnumerateArray()).GetProperty("foundAs").ValueKind);
        // Half of one name and half of another is neither.
        Assert.Empty((await Search("Ochre Gannet")).EnumerateArray());
    }

    [Fact]
    public async Task A_name_that_comes_back_is_one_line_and_no_earlier_name()
    {
        var supplier = app.Supplier(await app.NewSupplier("Returning Dunnock Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Returning Dunnock Works");
        foreach (var name in new[] { "Wandering Siskin Hall", "RETURNING DUNNOCK WORKS", "Wandering Siskin Hall", "Returning Dunnock Works" }) await Change(supplier, site, name);

        var line = Assert.Single((await Search("returning dunnock")).EnumerateArray());
        Assert.Equal(("Returning Dunnock Works", JsonValueKind.Null), (line.GetProperty("name").GetString(), line.GetProperty("foundAs").ValueKind));
    }

    [Fact]
    public async Task Who_renames_on_and_on_keeps_the_first_names_and_gathers_no_more()
    {
        var supplier = app.Supplier(await app.NewSupplier("Restless Dotterel Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Restless Dotterel Works");
        var borrowed = new[] { "Teal Godwit Hall", "Coral Petrel Hall", "Ivory Shearwater Hall", "Amber Skimmer Hall", "Jade Noddy Hall", "Ruby Tattler Hall", "Opal Phalarope Hall" };
        foreach (var name in borrowed) await Change(supplier, site, name);

        Assert.Equal(site, Assert.Single((await Search("restless dotterel works")).EnumerateArray()).GetProperty("id").GetGuid());
        Assert.Equal("Amber Skimmer Hall", Assert.Single((await Search("Amber Skimmer")).EnumerateArray()).GetProperty("foundAs").GetString());
        foreach (var late in borrowed[4..6]) Assert.DoesNotContain((await Search(late)).EnumerateArray(), l => l.GetProperty("id").GetGuid() == site);
        Assert.Equal("Opal Phalarope Hall", Assert.Single((await Search("Opal Phalarope")).EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_site_that_a_brand_listed_is_found_by_the_name_it_had_before_its_supplier_gave_it_another()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address\nListed Bittern Mill,TH,4 Bittern Road\n");
        var supplier = app.Supplier(await app.Join(SuppliersApp.BrandA, "Listed Bittern Mill"));
        var site = (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites")[0].GetProperty("id").GetGuid();

        await Change(supplier, site, "Azure Heron Plant");

        Assert.Equal((site, "Listed Bittern Mill"), Found(Assert.Single((await Search("listed bittern")).EnumerateArray()))); // it was the site's own name
        Assert.Equal((site, null), Found(Assert.Single((await Search("azure heron")).EnumerateArray())));
    }

    private static (Guid, string?) Found(JsonElement line) => (line.GetProperty("id").GetGuid(), line.GetProperty("foundAs").GetString());

    [Fact]
    public async Task A_brand_that_is_told_reads_since_when_a_site_has_ended_and_one_that_is_not_reads_nothing_of_it()
    {
        const string list = "Name,Country,Address,Sector\nClosing Merlin Mill,TH,5 Merlin Road,10\n";
        await app.Import(SuppliersApp.BrandA, list);
        await app.Import(SuppliersApp.BrandB, list);
        var supplier = app.Supplier(await app.Join(SuppliersApp.BrandA, "Closing Merlin Mill"));
        var site = (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites")[0].GetProperty("id").GetGuid();
        await app.Share(supplier, SuppliersApp.BrandA);
        var untold = await app.Brand(SuppliersApp.BrandB).GetStringAsync($"{Base}/sites/{site}");

        await Change(supplier, site, "Closing Merlin Mill", "ended", country: "Norway", sector: "62");

        var told = await app.Brand(SuppliersApp.BrandA).GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}");
        Assert.Equal(("ended", app.Today), (told.GetProperty("status").GetString(), told.GetProperty("endedOn").Deserialize<DateOnly>()));
        var listed = told.GetProperty("listed");
        Assert.Equal(("THA", "10", app.Today), (listed.GetProperty("country").GetString(), listed.GetProperty("sector").GetString(), listed.GetProperty("listedOn").Deserialize<DateOnly>()));
        Assert.Equal(("NOR", "62"), (told.GetProperty("country").GetString(), told.GetProperty("sector").GetString()));
        Assert.Equal(untold, await app.Brand(SuppliersApp.BrandB).GetStringAsync($"{Base}/sites/{site}"));
        // What the brand's list says is the brand's.
        Assert.Equal(JsonValueKind.Null, (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}")).GetProperty("listed").ValueKind);

        await Change(supplier, site, "Closing Merlin Mill");
        Assert.Equal(JsonValueKind.Null, (await app.Brand(SuppliersApp.BrandA).GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}")).GetProperty("endedOn").ValueKind);
    }

    private async Task<JsonElement> Search(string name)
    {
        using var answer = await app.Service.PostAsJsonAsync($"{Base}/directory", new { name });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task Change(HttpClient supplier, Guid site, string name, string status = "active", string country = "TH", string? sector = null)
    {
        using var answer = await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name, address = "12 Canal Road", country, sector, status });
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
