using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Risk.Tests.Viewing;

/// <summary>The adversary is a brand that buys from the supplier and is told nothing; it reads everything it may read, before and after the supplier tells another brand.</summary>
public sealed class SharingTests(RiskApp app) : IClassFixture<RiskApp>
{
    [Fact]
    public async Task A_brand_that_is_told_nothing_reads_the_same_bytes_whatever_the_supplier_tells_another()
    {
        var (trusted, other, supplier) = await Buyers();
        var site = Guid.CreateVersion7();
        await app.Lists(other, supplier, site, workers: 80);
        await app.Lists(other, supplier, Guid.CreateVersion7(), name: "Second plant", sector: "14");
        var before = await Everything(app.Brand(other), site);

        await app.Lists(trusted, supplier, site, name: "RUNG FAH PLANT NO. 1", sector: "97", workers: 5000);
        await app.Lists(trusted, supplier, Guid.CreateVersion7(), name: "A plant that only the trusted brand lists");
        await app.Site(supplier, sector: "97", workers: 9000, migrants: 8000, id: site);
        await app.Site(supplier);
        await app.Answers(site, ("fees.payer", "worker_all"), ("documents.keeper", "recruiter"), ("movement.free", "restricted"));
        var recruiter = await app.Party("recruiter", "Saffron Bridge Recruitment");
        await app.Declares(site, supplier, recruiter);
        await app.Audited(recruiter, "fees_and_debt", "critical");
        await app.Released("recruiter", recruiter);

        Assert.Equal(before, await Everything(app.Brand(other), site));
        var told = await RiskApp.Seen(app.Brand(trusted), site);
        Assert.True(told.GetProperty("shared").GetBoolean());
        Assert.Contains(told.GetProperty("topics").EnumerateArray(), t => t.GetProperty("lines").EnumerateArray().Any(l => l.GetProperty("kind").GetString() == "audit_floor"));
    }

    [Fact]
    public async Task Neither_a_site_nor_a_name_that_is_not_on_its_own_list_exists_for_a_brand()
    {
        var (trusted, other, supplier) = await Buyers();
        var (own, hidden) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.Lists(other, supplier, own, name: "In its own words");
        await app.Lists(trusted, supplier, hidden);
        await app.Site(supplier, id: hidden);

        var list = await RiskApp.Get(app.Brand(other), "api/v1/risk/sites");
        var row = Assert.Single(list.GetProperty("items").EnumerateArray());

        Assert.Equal(("In its own words", "Rung Fah as we call it"), (row.GetProperty("site").GetString(), row.GetProperty("supplier").GetString()));
        Assert.Equal(1, list.GetProperty("summary").GetProperty("sites").GetInt32());
        foreach (var path in new[] { "", "/inputs" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(other).GetAsync(new Uri($"api/v1/risk/sites/{hidden}{path}", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Equal_words_on_a_list_have_equal_scores_and_ranks_whatever_the_sites_told_others()
    {
        var (_, other, supplier) = await Buyers();
        foreach (var fees in new[] { "worker_all", "employer_all", null })
        {
            var site = Guid.CreateVersion7();
            await app.Lists(other, supplier, site);
            await app.Site(supplier, id: site);
            if (fees is not null) await app.Answers(site, ("fees.payer", fees));
        }

        foreach (var topic in app.Now.Method.Topics.Select(t => $"?topic={t.Code}").Append(""))
        {
            var rows = (await RiskApp.Get(app.Brand(other), $"api/v1/risk/sites{topic}")).GetProperty("items").EnumerateArray().ToList();
            Assert.Equal(3, rows.Count);
            Assert.Single(rows.Select(r => $"{r.GetProperty("rank")} {r.GetProperty("estimate").GetRawText()}").Distinct());
        }
    }

    [Fact]
    public async Task Sharing_shows_the_answers_and_the_log_from_that_day_on_and_ending_the_relation_takes_both_back()
    {
        var other = await app.Party("brand", "Kestrel Row");
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        var relation = await app.Buys(other, supplier, shared: false);
        var site = Guid.CreateVersion7();
        await app.Lists(other, supplier, site);
        await app.Site(supplier, id: site);
        await app.Answers(site, ("fees.payer", "worker_all"));
        var silent = await RiskApp.Topic(app.Brand(other), site, "fees_and_debt");

        await app.Buys(other, supplier, id: relation, sharedDaysAgo: -1);
        var told = await RiskApp.Seen(app.Brand(other), site);
        Assert.NotEqual(silent, await RiskApp.Topic(app.Brand(other), site, "fees_and_debt"));
        Assert.Empty(told.GetProperty("changes").EnumerateArray());

        await app.Buys(other, supplier, id: relation, sharedDaysAgo: 0);
        Assert.NotEmpty((await RiskApp.Seen(app.Brand(other), site)).GetProperty("changes").EnumerateArray());

        await app.Buys(other, supplier, "ended", relation);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Brand(other).GetAsync(new Uri($"api/v1/risk/sites/{site}", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Peers_of_a_new_day_do_not_carry_a_sites_answers_to_a_brand_that_is_told_nothing()
    {
        await using var own = new RiskApp();
        await own.InitializeAsync();
        var brand = await own.Party("brand", "Kestrel Row");
        var supplier = await own.Party("supplier", "Rung Fah Seafood Processing");
        await own.Buys(brand, supplier, shared: false);
        var site = Guid.CreateVersion7();
        await own.Lists(brand, supplier, site);
        for (var i = 0; i < 11; i++)
        {
            var each = await own.Site(supplier, id: i == 0 ? site : null);
            await own.Answers(each, ("documents.keeper", "recruiter"), ("fees.payer", "worker_all"));
        }
        var before = await Scores();
        var number = own.Now.Edition.Number;

        own.Services.GetRequiredService<BusinessClock>().MoveTo(own.Today.AddDays(1));
        await Wait.Until(() => Task.FromResult(own.Now.Edition.Number > number), "no new edition was opened");

        Assert.NotEmpty(own.Now.Peers.Values);
        Assert.Equal(before, await Scores());

        async Task<string> Scores() => string.Join(' ', (await RiskApp.Seen(own.Brand(brand), site)).GetProperty("topics").EnumerateArray()
            .Select(t => t.GetProperty("lines").GetRawText()));
    }

    [Fact]
    public async Task A_newer_word_of_a_list_counts_once_and_an_older_one_never()
    {
        var (_, other, supplier) = await Buyers();
        var (listing, site) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        SiteListed Words(string sector, long sequence) => new()
        {
            ListingId = listing, Epoch = 1, Sequence = sequence, BrandPartyId = other, SupplierPartyId = supplier, SiteId = site, Name = "Rung Fah plant", Country = "THA", Sector = sector,
        };
        await app.Happened(Words("97", 1000));
        await app.Happened(Words("97", 1000));
        await app.Happened(Words("A", 999));

        Assert.Equal("97", (await RiskApp.Seen(app.Brand(other), site)).GetProperty("sector").GetString());
        Assert.Equal(1, (await RiskApp.Get(app.Brand(other), "api/v1/risk/sites")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_site_whose_list_was_taken_back_is_gone_until_it_is_listed_again()
    {
        var (_, other, supplier) = await Buyers();
        var (listing, site) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        SiteListed Words(string status, long sequence) => new()
        {
            ListingId = listing, Epoch = 1, Sequence = sequence, BrandPartyId = other, SupplierPartyId = supplier, SiteId = site, Name = "Rung Fah plant", Country = "THA", Status = status,
        };
        var address = new Uri($"api/v1/risk/sites/{site}", UriKind.Relative);

        await app.Happened(Words("listed", 1));
        var listed = await app.Brand(other).GetAsync(address);
        await app.Happened(Words("withdrawn", 2));
        await app.Happened(Words("listed", 1));
        var withdrawn = await app.Brand(other).GetAsync(address);
        await app.Happened(Words("listed", 3));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (listed.StatusCode, withdrawn.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await app.Brand(other).GetAsync(address)).StatusCode);
    }

    private async Task<(Guid Trusted, Guid Other, Guid Supplier)> Buyers()
    {
        var trusted = await app.Party("brand", "Marisol & Pine");
        var other = await app.Party("brand", "Kestrel Row");
        var supplier = await app.Party("supplier", "Rung Fah Seafood Processing");
        await app.Buys(trusted, supplier);
        await app.Buys(other, supplier, shared: false, name: "Rung Fah as we call it");
        return (trusted, other, supplier);
    }

    private static async Task<string> Everything(HttpClient who, Guid site)
    {
        var all = new List<string>();
        foreach (var path in new[] { "sites", "sites?topic=fees_and_debt", "sites?topic=violence", $"sites/{site}", $"sites/{site}/inputs", "method" })
            all.Add(await who.GetStringAsync(new Uri($"api/v1/risk/{path}", UriKind.Relative)));
        return string.Join('\n', all);
    }
}
