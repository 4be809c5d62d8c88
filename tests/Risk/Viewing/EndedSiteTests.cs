using System.Text.Json;

namespace Recruitment.Risk.Tests.Viewing;

/// <summary>The adversary is an accused supplier that says nobody works at its site any more.</summary>
public sealed class EndedSiteTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Fact]
    public async Task A_brand_that_is_told_keeps_an_ended_site_with_its_place_its_estimates_and_released_worker_voice()
    {
        var (supplier, brand, site) = await Told();
        await app.Released("site", site);
        var before = await RiskApp.Seen(app.Brand(brand), site);
        Assert.Equal(("active", JsonValueKind.Null), (before.GetProperty("status").GetString(), before.GetProperty("endedOn").ValueKind));

        await app.Site(supplier, id: site, endedOn: app.Today);

        var after = await RiskApp.Seen(app.Brand(brand), site);
        foreach (var part in new[] { "score", "headline", "topics", "workerVoice", "recruiters", "changes" }) Assert.Equal(before.GetProperty(part).GetRawText(), after.GetProperty(part).GetRawText());
        Assert.Equal(JsonValueKind.Object, after.GetProperty("workerVoice").ValueKind);
        Assert.Equal(("ended", app.Today), (after.GetProperty("status").GetString(), after.GetProperty("endedOn").Deserialize<DateOnly>()));

        var list = await RiskApp.Get(app.Brand(brand), "api/v1/risk/sites");
        var row = Assert.Single(list.GetProperty("items").EnumerateArray());
        Assert.Equal(("ended", app.Today), (row.GetProperty("status").GetString(), row.GetProperty("endedOn").Deserialize<DateOnly>()));
        Assert.Equal((1, 0), (list.GetProperty("summary").GetProperty("sites").GetInt32(), list.GetProperty("summary").GetProperty("notYetScored").GetInt32()));
    }

    [Fact]
    public async Task A_brand_that_is_told_nothing_reads_the_same_bytes_whether_the_site_has_ended_or_not()
    {
        var (supplier, _, site) = await Told();
        var other = await app.Party("brand", "Kestrel Row");
        await app.Buys(other, supplier, shared: false);
        await app.Lists(other, supplier, site);
        var before = (await RiskApp.Seen(app.Brand(other), site)).GetRawText();

        await app.Site(supplier, id: site, endedOn: app.Today);

        Assert.Equal(before, (await RiskApp.Seen(app.Brand(other), site)).GetRawText());
    }

    [Fact]
    public async Task What_the_supplier_reads_of_its_ended_site_is_the_same_whether_workers_were_heard_or_not()
    {
        var (supplier, _, site) = await Told();
        await app.Site(supplier, id: site, endedOn: app.Today);
        var before = await Everything();

        await app.Released("site", site);

        Assert.Equal(before, await Everything());

        async Task<string> Everything() => (await RiskApp.Seen(app.Supplier(supplier), site)).GetRawText() + (await RiskApp.Get(app.Supplier(supplier), "api/v1/risk/sites")).GetRawText();
    }

    private async Task<(Guid Supplier, Guid Brand, Guid Site)> Told()
    {
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var brand = await app.Party("brand", "Marisol & Pine");
        await app.Buys(brand, supplier);
        var site = await app.Site(supplier);
        await app.Lists(brand, supplier, site);
        await app.Answers(site, ("fees.payer", "worker_all"));
        return (supplier, brand, site);
    }
}
