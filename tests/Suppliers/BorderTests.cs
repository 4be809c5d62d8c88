using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Tests;

public sealed class BorderTests(SuppliersApp app) : IClassFixture<SuppliersApp>
{
    private const string Base = "/api/v1/suppliers";

    [Fact]
    public async Task A_supplier_listed_by_one_brand_does_not_exist_for_another()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address\nHidden Crane Mill,TH,1 Crane Road\n");
        var party = (await app.OnListOf(SuppliersApp.BrandA, "Hidden Crane Mill"))!.Value;
        var site = (await app.Brand(SuppliersApp.BrandA).GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}")).GetProperty("sites")[0].GetProperty("id").GetGuid();
        var other = app.Brand(SuppliersApp.BrandB);

        Assert.Null(await app.OnListOf(SuppliersApp.BrandB, "Hidden Crane Mill"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Base}/parties/{party}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"{Base}/sites/{site}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync($"{Base}/{party}/invitations", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Brand(SuppliersApp.BrandA).GetAsync($"{Base}/sites/{site}")).StatusCode);
    }

    [Fact]
    public async Task A_brand_reads_its_own_spelling_and_counts_nothing_that_another_brand_added()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Workers\nTwin Ibis Mill,TH,1 Ibis Road,77\nTwin Ibis Mill,TH,2 Ibis Road,88\n");
        var second = await app.Import(SuppliersApp.BrandB, "Name,Country,Address\nTWIN IBIS MILL,TH,\"1, Ibis Road\"\n");

        Assert.Equal(1, second.GetProperty("added").GetInt32());
        var party = (await app.OnListOf(SuppliersApp.BrandB, "TWIN IBIS MILL"))!.Value;
        var seen = await app.Brand(SuppliersApp.BrandB).GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}");
        Assert.Equal("TWIN IBIS MILL", seen.GetProperty("name").GetString());
        var site = Assert.Single(seen.GetProperty("sites").EnumerateArray());
        Assert.Equal(("1, Ibis Road", JsonValueKind.Null), (site.GetProperty("address").GetString(), site.GetProperty("workersTotal").ValueKind));
    }

    [Fact]
    public async Task What_a_supplier_says_reaches_only_the_brand_it_shares_with()
    {
        const string list = "Name,Country,Address\nOpen Gull Mill,TH,1 Gull Road\n";
        await app.Import(SuppliersApp.BrandA, list);
        await app.Import(SuppliersApp.BrandB, list);
        var party = await app.Join(SuppliersApp.BrandA, "Open Gull Mill");
        var supplier = app.Supplier(party);
        var site = (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites")[0].GetProperty("id").GetGuid();
        var counted = await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/workforce", new
        {
            asOf = "2026-01-31",
            counts = new[] { new { nationality = "TH", sex = "female", workers = 80 }, new { nationality = "MM", sex = "female", workers = 40 }, new { nationality = "MM", sex = "male", workers = 9 } },
        });
        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);

        var shared = await app.Brand(SuppliersApp.BrandA).GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}");
        var kept = await app.Brand(SuppliersApp.BrandB).GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}");

        Assert.Equal(120, shared.GetProperty("workersTotal").GetInt32());
        Assert.Equal(["40", "<10", "80"], shared.GetProperty("workforce").EnumerateArray().Select(c => c.GetProperty("workers").GetString()));
        Assert.Equal(JsonValueKind.Null, kept.GetProperty("workersTotal").ValueKind);
        Assert.Empty(kept.GetProperty("workforce").EnumerateArray());
        Assert.False((await app.Brand(SuppliersApp.BrandB).GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}")).GetProperty("shared").GetBoolean());
    }

    [Theory]
    [InlineData("MM:female:7", null, "<10", null)]
    [InlineData("TH:female:80,MM:female:40,KH:female:4", 120, "40,80,<10", 40)]
    [InlineData("TH:female:80,MM:female:40,KH:female:4,LA:male:8", 120, "40,80,<10,<10", 40)]
    [InlineData("TH:female:10,KH:female:1", 10, "10,<10", null)]
    [InlineData("TH:female:80", 80, "80", 0)]
    public async Task No_count_below_ten_follows_from_what_a_brand_reads_or_another_service_hears(string counts, int? total, string cells, int? migrants)
    {
        var name = $"Small Gull Mill {counts.Length} {counts[^1]}";
        await app.Import(SuppliersApp.BrandA, $"Name,Country,Address\n{name},TH,1 Gull Road\n");
        var party = await app.Join(SuppliersApp.BrandA, name);
        var supplier = app.Supplier(party);
        var site = (await supplier.GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites")[0].GetProperty("id").GetGuid();
        using var counted = await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/workforce", new
        {
            asOf = "2026-01-31", counts = counts.Split(',').Select(c => c.Split(':')).Select(c => new { nationality = c[0], sex = c[1], workers = int.Parse(c[2], CultureInfo.InvariantCulture) }),
        });
        Assert.Equal(HttpStatusCode.OK, counted.StatusCode);

        var seen = await app.Brand(SuppliersApp.BrandA).GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}");
        var line = (await app.Brand(SuppliersApp.BrandA).GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}")).GetProperty("sites")[0];
        var told = (await app.Host.Published<SiteChanged, SuppliersDb>()).Where(s => s.SiteId == site).MaxBy(s => s.Sequence)!;

        Assert.Equal(cells.Split(',').Order(StringComparer.Ordinal), seen.GetProperty("workforce").EnumerateArray().Select(c => c.GetProperty("workers").GetString()).Order(StringComparer.Ordinal));
        Assert.All(new[] { seen, line }, s => Assert.Equal(total, s.GetProperty("workersTotal").Deserialize<int?>()));
        Assert.Equal((total, migrants), (told.WorkersTotal, told.MigrantWorkers));
    }

    [Fact]
    public async Task One_brands_words_about_a_site_reach_neither_another_brand_nor_the_published_site()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Workers,Sector\nLoud Gull Mill,TH,1 Loud Road,5000,Footwear\n");
        await app.Import(SuppliersApp.BrandB, "Name,Country,Address\nLOUD GULL MILL,TH,1 Loud Road\n");
        var party = (await app.OnListOf(SuppliersApp.BrandB, "LOUD GULL MILL"))!.Value;
        var line = (await app.Brand(SuppliersApp.BrandB).GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}")).GetProperty("sites")[0];
        var site = line.GetProperty("id").GetGuid();
        var seen = await app.Brand(SuppliersApp.BrandB).GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}");

        Assert.All(new[] { line, seen }, s => Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (s.GetProperty("sector").ValueKind, s.GetProperty("workersTotal").ValueKind)));

        // Told to B as well, the site is as the supplier says it, without what only A's list said.
        await app.Join(SuppliersApp.BrandB, "LOUD GULL MILL");
        await app.Supplier(party).PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name = "Loud Gull Mill", address = "1 Loud Road", country = "TH" });
        var told = await app.Brand(SuppliersApp.BrandB).GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}");
        Assert.Equal(JsonValueKind.Null, told.GetProperty("workersTotal").ValueKind);
        Assert.Null(Assert.Single(await app.Host.Published<SiteChanged, SuppliersDb>(), s => s.SiteId == site).WorkersTotal);
    }

    [Fact]
    public async Task A_service_that_asks_how_many_work_at_a_site_hears_the_lowest_figure_of_all_lists_until_the_supplier_declares_one()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address,Workers\nCounted Gull Mill,TH,1 Count Road,5000\n");
        await app.Import(SuppliersApp.BrandB, "Name,Country,Address,Workers\nCounted Gull Mill,TH,1 Count Road,40\n");
        var party = (await app.OnListOf(SuppliersApp.BrandA, "Counted Gull Mill"))!.Value;
        var site = (await app.Service.GetFromJsonAsync<JsonElement>($"{Base}/parties/{party}")).GetProperty("sites")[0].GetProperty("id").GetGuid();

        Assert.Equal(40, await Workers());
        await app.Supplier(party).PutAsJsonAsync($"{Base}/mine/sites/{site}/workforce", new { asOf = "2026-01-31", counts = new[] { new { nationality = "TH", sex = "female", workers = 60 } } });
        Assert.Equal(60, await Workers());

        async Task<int> Workers() => (await app.Service.GetFromJsonAsync<JsonElement>($"{Base}/sites/{site}")).GetProperty("workersTotal").GetInt32();
    }

    [Fact]
    public async Task A_relation_says_since_when_the_supplier_shares_and_an_answer_confirms_the_site_it_is_about()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address\nTelling Gull Mill,TH,1 Tell Road\n");
        var party = await app.Join(SuppliersApp.BrandA, "Telling Gull Mill");
        var site = (await app.Supplier(party).GetFromJsonAsync<JsonElement>($"{Base}/mine")).GetProperty("sites")[0].GetProperty("id").GetGuid();
        Assert.DoesNotContain(await app.Host.Published<SiteChanged, SuppliersDb>(), s => s.SiteId == site);

        await app.Supplier(party).PutAsJsonAsync($"{Base}/mine/sites/{site}/self-assessment", new { catalogueVersion = "2026-1", answers = new Dictionary<string, string> { ["fees.payer"] = "declined" } });

        Assert.Equal([false, true], (await app.Host.Published<SupplyRelationChanged, SuppliersDb>()).Where(r => r.SupplierPartyId == party).OrderBy(r => r.Sequence).Select(r => r.SharedOn is not null));
        Assert.Contains(await app.Host.Published<SiteChanged, SuppliersDb>(), s => s.SiteId == site);
    }

    [Fact]
    public async Task Once_an_organisation_has_an_account_no_invitation_opens_a_second_way_in()
    {
        await app.Import(SuppliersApp.BrandA, "Name,Country,Address\nClaimed Gull Mill,TH,1 Claim Road\n");
        var party = (await app.OnListOf(SuppliersApp.BrandA, "Claimed Gull Mill"))!.Value;
        var early = await SuppliersApp.Invite(app.Brand(SuppliersApp.BrandA), party);

        for (var twice = 0; twice < 2; twice++)
            Assert.Equal(HttpStatusCode.NoContent, (await app.Service.PutAsync($"{Base}/parties/{party}/claim", null)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Service.PostAsJsonAsync($"{Base}/invitations/accept", new { token = early })).StatusCode);
        var asked = await (await app.Brand(SuppliersApp.BrandA).PostAsync($"{Base}/{party}/invitations", null)).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((JsonValueKind.Null, true), (asked.GetProperty("link").ValueKind, asked.GetProperty("askedToShare").GetBoolean()));
        Assert.Equal(HttpStatusCode.NotFound, (await app.Service.PutAsync($"{Base}/parties/{Guid.CreateVersion7()}/claim", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.Brand(SuppliersApp.BrandA).PutAsync($"{Base}/parties/{party}/claim", null)).StatusCode);
    }

    [Fact]
    public async Task A_supplier_cannot_touch_another_suppliers_site()
    {
        var (mine, theirs) = (await app.NewSupplier("Near Plover Mill"), await app.NewSupplier("Far Plover Mill"));
        var site = await SuppliersApp.AddSite(app.Supplier(theirs), "Far Plover Hall");
        var supplier = app.Supplier(mine);

        Assert.Equal(HttpStatusCode.NotFound, (await supplier.GetAsync($"{Base}/sites/{site}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supplier.GetAsync($"{Base}/parties/{theirs}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}", new { name = "Taken", address = "x", country = "TH" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/workforce", new { asOf = "2026-01-01", counts = Array.Empty<object>() })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supplier.PostAsJsonAsync($"{Base}/mine/sites/{site}/recruiters", new { recruiterName = "X", recruiterCountry = "MM", originCountry = "MM", from = "2026-01-01" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await supplier.PutAsJsonAsync($"{Base}/mine/sites/{site}/self-assessment", new { catalogueVersion = "2026-1", answers = new { } })).StatusCode);
    }

    [Theory]
    [InlineData(Roles.RecruiterUser)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.DecisionMaker)]
    [InlineData(Roles.CaseHandler)]
    [InlineData(Roles.ProtectionOfficer)]
    [InlineData(Roles.SchemeManager)]
    [InlineData(Roles.Administrator)]
    public async Task Other_roles_read_neither_lists_nor_sites(string role)
    {
        var stranger = app.Host.Client(role, SuppliersApp.BrandA, PartyKinds.Brand);

        foreach (var path in new[] { "relations", "imports", "mine", $"sites/{Guid.Empty}", $"parties/{SuppliersApp.BrandA}/group" })
            Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync($"{Base}/{path}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsJsonAsync($"{Base}/directory", new { name = "mill" })).StatusCode);
    }

    [Fact]
    public async Task A_recruiter_sees_itself_and_no_supplier()
    {
        var recruiter = Guid.CreateVersion7();
        await app.Register(recruiter, "recruiter", "Lantern Road Staffing");
        var supplier = await app.NewSupplier("Quiet Curlew Mill");
        var client = app.Host.Client(Roles.RecruiterUser, recruiter, PartyKinds.Recruiter);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"{Base}/parties/{recruiter}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"{Base}/parties/{supplier}")).StatusCode);
    }

    [Fact]
    public async Task Strangers_are_asked_to_sign_in()
    {
        foreach (var path in new[] { "relations", "imports", "mine", "questions", $"parties/{SuppliersApp.BrandA}" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.Host.Anonymous().GetAsync($"{Base}/{path}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Host.Anonymous().PostAsJsonAsync($"{Base}/directory", new { name = "mill" })).StatusCode);
    }

    [Fact]
    public async Task People_cannot_register_organisations_or_accept_invitations()
    {
        var brand = app.Brand(SuppliersApp.BrandA);

        Assert.Equal(HttpStatusCode.Forbidden, (await brand.PutAsJsonAsync($"{Base}/parties/{Guid.CreateVersion7()}", new { kind = "brand", name = "X", country = "TH" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await brand.PostAsJsonAsync($"{Base}/invitations/accept", new { token = "abc" })).StatusCode);
    }
}
