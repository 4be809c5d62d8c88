using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Suppliers.Tests.Imports;

/// <summary>A list that was read by mistake goes again with what it alone said, and with nothing that anybody else said.</summary>
public sealed class TakeListBackTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task What_only_this_list_named_goes_and_what_another_list_names_stays()
    {
        var brand = await NewBrand("Vetch & Alder");
        await app.Import(brand, "Name,Country,Address\nKept Teal Mill,TH,1 Canal Road\n");
        var mistake = await app.Import(brand, "Name,Country,Address\nKept Teal Mill,TH,1 Canal Road\nKept Teal Mill,TH,2 Canal Road\nWrong Teal Mill,TH,3 Canal Road\n");
        await app.Import(SuppliersApp.BrandB, "Name,Country,Address\nWrong Teal Mill,TH,3 Canal Road\n");
        var wrong = (await app.OnListOf(brand, "Wrong Teal Mill"))!.Value;

        var preview = await app.Brand(brand).GetFromJsonAsync<JsonElement>(Address(mistake));
        var taken = await TakeBack(brand, mistake);

        Assert.Equal((2, 1), (preview.GetProperty("sites").GetInt32(), preview.GetProperty("stayingRows").GetInt32()));
        Assert.Equal(await Left(brand), preview.GetProperty("suppliers").GetInt32());
        Assert.Null(await app.OnListOf(brand, "Wrong Teal Mill"));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(brand).GetAsync($"{Base}/parties/{wrong}")).StatusCode);
        Assert.Equal(1, (await app.Brand(brand).GetFromJsonAsync<JsonElement>($"{Base}/parties/{(await app.OnListOf(brand, "Kept Teal Mill"))!.Value}")).GetProperty("sites").GetArrayLength());
        Assert.NotNull(await app.OnListOf(SuppliersApp.BrandB, "Wrong Teal Mill"));
        Assert.Equal(3, (await app.Rows(brand, mistake, accepted: true)).GetArrayLength());
        Assert.NotEqual(JsonValueKind.Null, taken.GetProperty("takenBackAt").ValueKind);
        Assert.NotEmpty(taken.GetProperty("takenBackBy").GetString()!);
    }

    [Fact]
    public async Task Whoever_hears_of_it_hears_newer_states_and_hears_of_the_site_again_when_it_is_listed_again()
    {
        var brand = await NewBrand("Sorrel & Alder");
        const string list = "Name,Country,Workers\nAgain Teal Mill,TH,120\n";
        var first = await app.Import(brand, list);
        await TakeBack(brand, first);
        await app.Import(brand, "Name,Country\nAgain Teal Mill,TH\n");

        var listings = (await app.Host.Published<SiteListed, SuppliersDb>()).Where(l => l.BrandPartyId == brand).OrderBy(l => l.Sequence).ToList();
        var relations = (await app.Host.Published<SupplyRelationChanged, SuppliersDb>()).Where(r => r.BrandPartyId == brand).OrderBy(r => r.Sequence).ToList();

        Assert.Equal(["listed", "withdrawn", "listed"], listings.Select(l => l.Status));
        Assert.Equal(listings.Count, listings.Select(l => l.Sequence).Distinct().Count());
        Assert.Null(listings[^1].Workers);
        Assert.Equal(["open", "ended", "open"], relations.Select(r => r.Status));
        Assert.NotNull(await app.OnListOf(brand, "Again Teal Mill"));
    }

    [Fact]
    public async Task A_supplier_that_shared_with_the_brand_shares_no_more_and_is_not_shared_by_listing_it_again()
    {
        var brand = await NewBrand("Tansy & Alder");
        const string list = "Name,Country\nShared Teal Mill,TH\n";
        var import = await app.Import(brand, list);
        var party = await app.Join(brand, "Shared Teal Mill");
        var site = await SuppliersApp.AddSite(app.Supplier(party), "Shared Teal Annex");

        Assert.Equal(1, (await app.Brand(brand).GetFromJsonAsync<JsonElement>(Address(import))).GetProperty("sharingSuppliers").GetInt32());
        await TakeBack(brand, import);
        var gone = await app.Brand(brand).GetAsync($"{Base}/sites/{site}");
        await app.Import(brand, list);

        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(brand).GetAsync($"{Base}/sites/{site}")).StatusCode);
        Assert.Contains(await app.Host.Published<SiteChanged, SuppliersDb>(), s => s.SiteId == site && s.Status == "active");
        Assert.Equal(1, (await app.Supplier(party).GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites").EnumerateArray().Count(s => s.GetProperty("confirmed").GetBoolean()));
    }

    [Fact]
    public async Task Of_two_lists_that_say_the_same_the_site_goes_with_the_second_one_taken_back()
    {
        var brand = await NewBrand("Yarrow & Alder");
        const string list = "Name,Country\nBoth Teal Mill,TH\n";
        var (first, second) = (await app.Import(brand, list), await app.Import(brand, list));

        await TakeBack(brand, first);
        var between = await app.OnListOf(brand, "Both Teal Mill");
        await TakeBack(brand, second);

        Assert.NotNull(between);
        Assert.Null(await app.OnListOf(brand, "Both Teal Mill"));
    }

    [Fact]
    public async Task Asked_twice_it_is_done_once_and_nobody_takes_back_another_brands_list()
    {
        var brand = await NewBrand("Woad & Alder");
        var import = await app.Import(brand, "Name,Country\nOnce Teal Mill,TH\n");

        var stranger = await app.Brand(SuppliersApp.BrandA).PostAsync(Address(import), null);
        var first = await TakeBack(brand, import);
        var again = await TakeBack(brand, import);

        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(SuppliersApp.BrandA).GetAsync(Address(import))).StatusCode);
        Assert.Equal(first.GetProperty("takenBackAt").GetDateTime(), again.GetProperty("takenBackAt").GetDateTime());
    }

    [Fact]
    public async Task A_list_that_could_not_be_read_has_nothing_to_take_back()
    {
        var brand = await NewBrand("Rue & Alder");
        var failed = await app.Import(brand, "Colour,Size\nred,4\n");

        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await app.Brand(brand).PostAsync(Address(failed), null)).StatusCode);
    }

    [Fact]
    public async Task While_it_is_not_known_which_row_named_which_site_nothing_is_taken_back()
    {
        var brand = await NewBrand("Broom & Alder");
        var import = await app.Import(brand, "Name,Country\nOlder Teal Mill,TH\n");
        await using (var scope = app.Host.Services.CreateAsyncScope())
        {
            var id = import.GetProperty("id").GetGuid();
            await scope.ServiceProvider.GetRequiredService<SuppliersDb>().ImportRows.Where(r => r.ImportId == id).ExecuteUpdateAsync(r => r.SetProperty(x => x.SiteId, (SiteId?)null));
        }

        Assert.Equal(HttpStatusCode.Conflict, (await app.Brand(brand).PostAsync(Address(import), null)).StatusCode);
        Assert.NotNull(await app.OnListOf(brand, "Older Teal Mill"));
    }

    private static string Address(JsonElement import) => $"{Base}/imports/{import.GetProperty("id").GetGuid()}/taking-back";

    private async Task<Guid> NewBrand(string name)
    {
        var id = Guid.CreateVersion7();
        await app.Register(id, PartyKinds.Brand, name);
        return id;
    }

    /// <summary>How many suppliers the brand no longer has.</summary>
    private async Task<int> Left(Guid brand) =>
        (await app.Host.Published<SupplyRelationChanged, SuppliersDb>()).Count(r => r.BrandPartyId == brand && r.Status == "ended");

    private async Task<JsonElement> TakeBack(Guid brand, JsonElement import)
    {
        var client = app.Brand(brand);
        var asked = await client.PostAsync(Address(import), null);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        JsonElement state = default;
        await Wait.Until(async () =>
        {
            state = await client.GetFromJsonAsync<JsonElement>(asked.Headers.Location);
            return state.GetProperty("status").GetString() == "taken_back";
        }, "the list was not taken back");
        return state;
    }
}
