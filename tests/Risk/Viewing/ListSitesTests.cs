using System.Text.RegularExpressions;

namespace Recruitment.Risk.Tests.Viewing;

public sealed partial class ListSitesTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Fact]
    public async Task The_worst_site_comes_first_and_every_score_carries_what_it_must()
    {
        var (brand, supplier) = await Portfolio();
        var calm = await app.Site(supplier);
        var grave = await app.Site(supplier);
        await app.Answers(calm, ("fees.payer", "employer_all"), ("movement.free", "free"), ("grievance.channel", "independent"), ("recruitment.channel", "direct_only"));
        await app.Answers(grave, ("fees.payer", "worker_all"), ("movement.free", "restricted"), ("grievance.channel", "none"), ("recruitment.channel", "subagents"));

        var answer = await RiskApp.Get(app.Brand(brand), "api/v1/risk/sites");
        var rows = answer.GetProperty("items").EnumerateArray().ToList();

        Assert.Equal([grave, calm], rows.Select(r => r.GetProperty("siteId").GetGuid()));
        foreach (var estimate in rows.Select(r => r.GetProperty("estimate")))
        {
            Assert.Equal("an estimate of risk to people, not a finding about conduct", estimate.GetProperty("statement").GetString());
            Assert.Equal(app.Now.Method.Version, estimate.GetProperty("methodVersion").GetString());
            Assert.Contains(estimate.GetProperty("confidence").GetString()!, "ABCD", StringComparison.Ordinal);
            Assert.True(estimate.GetProperty("low").GetInt32() < estimate.GetProperty("high").GetInt32());
            Assert.Equal(app.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), estimate.GetProperty("asOf").GetString());
            Assert.True(estimate.GetProperty("imputedShare").GetInt32() >= 0);
        }
    }

    [Fact]
    public async Task Pages_hold_every_site_once()
    {
        var (brand, supplier) = await Portfolio();
        var sites = new List<Guid>();
        for (var i = 0; i < 30; i++) sites.Add(await app.Site(supplier));

        var first = await RiskApp.Get(app.Brand(brand), "api/v1/risk/sites");
        var second = await RiskApp.Get(app.Brand(brand), $"api/v1/risk/sites?cursor={first.GetProperty("next").GetString()}");
        var seen = first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(r => r.GetProperty("siteId").GetGuid());

        Assert.Equal(sites.Order(), seen.Order());
        Assert.Equal(30, first.GetProperty("summary").GetProperty("sites").GetInt32());
    }

    [Fact]
    public async Task A_site_that_rises_between_two_pages_repeats_no_other()
    {
        var (brand, supplier) = await Portfolio();
        for (var i = 0; i < 30; i++) await app.Site(supplier);
        var first = await RiskApp.Get(app.Brand(brand), "api/v1/risk/sites");
        var last = (await RiskApp.Get(app.Brand(brand), $"api/v1/risk/sites?cursor={first.GetProperty("next").GetString()}")).GetProperty("items")[4].GetProperty("siteId").GetGuid();

        await app.Answers(last, ("fees.payer", "worker_all"), ("movement.free", "restricted"), ("grievance.channel", "none"), ("recruitment.channel", "subagents"));
        var second = await RiskApp.Get(app.Brand(brand), $"api/v1/risk/sites?cursor={first.GetProperty("next").GetString()}");

        var before = Ids(first);
        Assert.DoesNotContain(last, before);
        Assert.DoesNotContain(Ids(second), before.Contains);
        Assert.Equal(4, Ids(second).Count);
        Assert.Equal(last, Ids(await RiskApp.Get(app.Brand(brand), "api/v1/risk/sites"))[0]);

        static List<Guid> Ids(System.Text.Json.JsonElement page) => [.. page.GetProperty("items").EnumerateArray().Select(r => r.GetProperty("siteId").GetGuid())];
    }

    [Fact]
    public async Task A_site_is_counted_in_the_band_that_its_row_shows()
    {
        var (brand, supplier) = await Portfolio();
        var known = await app.Site(supplier);
        await app.Answers(known, ("fees.payer", "worker_all"), ("movement.free", "restricted"), ("grievance.channel", "none"), ("recruitment.channel", "subagents"));
        var unknown = await app.Site(supplier, sector: null, country: "ATA");

        var answer = await RiskApp.Get(app.Brand(brand), "api/v1/risk/sites");
        var shown = answer.GetProperty("items").EnumerateArray().ToDictionary(r => r.GetProperty("siteId").GetGuid(), r => r.GetProperty("estimate").GetProperty("band").GetString()!);
        var counted = answer.GetProperty("summary").GetProperty("bands").EnumerateArray().Where(b => b.GetProperty("sites").GetInt32() > 0)
            .ToDictionary(b => b.GetProperty("band").GetString()!, b => b.GetProperty("sites").GetInt32());

        Assert.Equal("unknown", shown[unknown]);
        Assert.NotEqual("unknown", shown[known]);
        Assert.Equal(shown.Values.CountBy(b => b).OrderBy(b => b.Key, StringComparer.Ordinal), counted.OrderBy(b => b.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_answer_says_what_nobody_can_say()
    {
        var (brand, supplier) = await Portfolio();
        var site = await app.Site(supplier);
        var texts = new List<string>();
        foreach (var path in new[] { "api/v1/risk/sites", $"api/v1/risk/sites/{site}", $"api/v1/risk/sites/{site}/inputs", "api/v1/risk/method" })
            texts.Add(await app.Brand(brand).GetStringAsync(new Uri(path, UriKind.Relative)));

        Assert.DoesNotMatch(Forbidden(), string.Join('\n', texts));
        Assert.Matches(Forbidden(), "This supplier is compliant.");
    }

    private async Task<(Guid Brand, Guid Supplier)> Portfolio()
    {
        var brand = await app.Party("brand", "Marisol & Pine");
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        await app.Buys(brand, supplier);
        return (brand, supplier);
    }

    [GeneratedRegex("IRIS certified|approved by IOM|\\bcompliant|slave-free|free of forced labour|safe agency|confirmed victim", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();
}
