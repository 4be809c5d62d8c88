using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Recruitment.Suppliers.Tests.Sites;

/// <summary>What a supplier calls its places is shown, and takes nobody else's place on a brand's list.</summary>
public sealed class EnteredSiteTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task A_supplier_that_enters_a_competitors_factory_does_not_take_its_place_on_a_list()
    {
        var taker = await app.NewSupplier("Cuckoo Works");
        await SuppliersApp.AddSite(app.Supplier(taker), "Honest Heron Mill");

        await app.Import(SuppliersApp.BrandA, "Name,Country,Address\nHonest Heron Mill,TH,12 Canal Road\n");

        Assert.NotEqual(taker, (await app.OnListOf(SuppliersApp.BrandA, "Honest Heron Mill"))!.Value);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(SuppliersApp.BrandA).GetAsync($"{Base}/parties/{taker}")).StatusCode);
    }

    [Fact]
    public async Task A_supplier_that_renames_its_site_after_a_competitors_does_not_take_its_place_on_a_list()
    {
        var taker = await app.NewSupplier("Cowbird Works");
        var site = await SuppliersApp.AddSite(app.Supplier(taker), "Cowbird Hall");
        var renamed = await app.Supplier(taker).PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name = "Honest Stork Mill", address = "3 Reed Road", country = "TH" });
        Assert.Equal(HttpStatusCode.NoContent, renamed.StatusCode);

        await app.Import(SuppliersApp.BrandA, "Name,Country,Address\nHonest Stork Mill,TH,3 Reed Road\n");

        Assert.NotEqual(taker, (await app.OnListOf(SuppliersApp.BrandA, "Honest Stork Mill"))!.Value);
    }

    [Fact]
    public async Task A_list_that_names_a_supplier_and_the_site_it_entered_finds_both_and_makes_no_second_site()
    {
        const string List = "Name,Country,Address\nOwn Heron Mill,TH,12 Canal Road\n";
        var party = await app.NewSupplier("Own Heron Mill");
        var site = await SuppliersApp.AddSite(app.Supplier(party), "Own Heron Mill");

        await app.Import(SuppliersApp.BrandA, List);
        var again = await app.Import(SuppliersApp.BrandA, List);

        Assert.Equal(party, await app.OnListOf(SuppliersApp.BrandA, "Own Heron Mill"));
        Assert.Equal((0, 0), (again.GetProperty("added").GetInt32(), again.GetProperty("changed").GetInt32()));
        var mine = await app.Supplier(party).GetFromJsonAsync<JsonElement>($"{Base}/mine");
        Assert.Equal(site, Assert.Single(mine.GetProperty("sites").EnumerateArray()).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_site_that_its_supplier_renames_is_still_found_by_the_list_that_named_it()
    {
        const string List = "Name,Country,Address\nOld Egret Mill,TH,4 Reed Road\n";
        await app.Import(SuppliersApp.BrandA, List);
        var party = await app.Join(SuppliersApp.BrandA, "Old Egret Mill");
        var mine = await app.Supplier(party).GetFromJsonAsync<JsonElement>($"{Base}/mine");
        var site = mine.GetProperty("sites")[0].GetProperty("id").GetGuid();
        await app.Supplier(party).PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name = "New Egret Mill", address = "4 Reed Road", country = "TH" });

        var again = await app.Import(SuppliersApp.BrandA, List);

        Assert.Equal(0, again.GetProperty("added").GetInt32());
        var twin = await app.Supplier(party).PostAsJsonAsync($"{Base}/mine/sites", new { name = "New Egret Mill", address = "4 Reed Road", country = "TH" });
        Assert.Equal(HttpStatusCode.Conflict, twin.StatusCode);
    }

    [Fact]
    public async Task One_site_that_colleagues_enter_at_the_same_moment_is_one_site()
    {
        var party = await app.NewSupplier("Crowded Dipper Mill");
        for (var round = 0; round < 5; round++)
        {
            var request = new { name = $"Crowded Dipper Hall {round}", address = "5 Reed Road", country = "TH" };

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Supplier(party).PostAsJsonAsync($"{Base}/mine/sites", request)));

            Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Created);
            foreach (var refused in answers.Where(a => a.StatusCode != HttpStatusCode.Created))
            {
                Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
                Assert.NotEmpty((await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!);
            }
        }
        Assert.Equal(5, (await app.Supplier(party).GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites").GetArrayLength());
    }

    [Fact]
    public async Task A_site_that_is_renamed_leaves_its_name_free_and_takes_none_of_another_site()
    {
        var supplier = app.Supplier(await app.NewSupplier("Renamed Dipper Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Renamed Dipper Hall");
        await SuppliersApp.AddSite(supplier, "Renamed Dipper Annex");

        var taken = await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name = "Renamed Dipper Annex", address = "12 Canal Road", country = "TH" });
        var free = await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name = "Renamed Dipper Store", address = "12 Canal Road", country = "TH" });
        await SuppliersApp.AddSite(supplier, "Renamed Dipper Hall");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NoContent), (taken.StatusCode, free.StatusCode));
        Assert.Equal("urn:recruitment:site-exists", (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task A_name_without_a_letter_or_digit_is_no_name_of_a_site()
    {
        var supplier = app.Supplier(await app.NewSupplier("Dotted Snipe Mill"));
        var site = await SuppliersApp.AddSite(supplier, "Dotted Snipe Hall");

        var entered = await supplier.PostAsJsonAsync($"{Base}/mine/sites", new { name = "...", address = "1 Reed Road", country = "TH" });
        var changed = await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name = "...", address = "1 Reed Road", country = "TH" });

        foreach (var answer in new[] { entered, changed })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("urn:recruitment:name-missing", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("type").GetString());
        }
    }
}
