using System.Net;

namespace Recruitment.Web.Tests.Risk;

/// <summary>What a supplier says with one tick or one word must be seen by the brand, not only its effect.</summary>
public sealed class EndedAndContradictedPagesTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Id = "0198f0c0-0000-7000-8000-0000000000e1";
    private const string Ended = ",\"status\":\"ended\",\"endedOn\":\"2026-11-20\"}";

    [Fact]
    public async Task A_site_whose_supplier_says_that_nobody_works_there_is_marked_in_the_list_and_on_its_page()
    {
        pages.Service.Answers["/api/v1/risk/sites"] = (HttpStatusCode.OK, BrandRiskPagesTests.Portfolio("""{"period":"2026-Q4","points":500}""", Id).Replace("\"points\":500}}]", "\"points\":500}" + Ended + "]", StringComparison.Ordinal));
        pages.Service.Answers[$"/api/v1/risk/sites/{Id}"] = (HttpStatusCode.OK, BrandRiskPagesTests.Site("""{"period":"2026-Q4","points":500}""", Id)[..^1] + Ended);

        foreach (var path in new[] { "/brands", $"/brands/risk/site/{Id}" })
        {
            var page = await Page(path);
            Assert.Contains("The supplier says nobody works here since 2026-11-20.", page, StringComparison.Ordinal);
            Assert.Contains("eleased worker voice, 2026-Q4", page.Replace("from released worker voice, 2026-Q4", "Released worker voice, 2026-Q4", StringComparison.Ordinal), StringComparison.Ordinal);
            BrandRiskPagesTests.CarriesWhatAScoreMust(page);
        }
    }

    [Fact]
    public async Task A_site_that_had_ended_before_the_day_was_kept_is_marked_without_one()
    {
        pages.Service.Answers[$"/api/v1/risk/sites/{Id}"] = (HttpStatusCode.OK, BrandRiskPagesTests.Site("null", Id)[..^1] + ",\"status\":\"ended\",\"endedOn\":null}");

        Assert.Contains("The supplier says nobody works here any more.", await Page($"/brands/risk/site/{Id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NOR", "62", "2026-11-02", "Your list of 2026-11-02 says Thailand, Food products (10); the supplier says Norway, Computer programming (62). Ask which is right.")]
    [InlineData("THA", "C14", null, "Your list says Thailand, Food products (10); the supplier says Thailand, Wearing apparel (C14). Ask which is right.")]
    [InlineData("THA", "J", null, "Your list says Thailand, Food products (10); the supplier says Thailand, Information and communication (J). Ask which is right.")]
    [InlineData("THA", "C10", null, null)]
    [InlineData("THA", "C", null, null)]
    [InlineData("THA", "", null, null)]
    public async Task A_country_or_sector_that_contradicts_the_brands_list_is_shown_where_the_estimate_and_the_supplier_are(string country, string sector, string? day, string? sentence)
    {
        var site = Site(country, sector, day);
        pages.Service.Answers[$"/api/v1/risk/sites/{Id}"] = (HttpStatusCode.OK, BrandRiskPagesTests.Site("null", Id)[..^1] + ",\"shared\":true}");
        pages.Service.Answers[$"/api/v1/suppliers/sites/{Id}"] = (HttpStatusCode.OK, site);
        Supplier("active", "[]");

        foreach (var path in new[] { $"/brands/risk/site/{Id}", $"/brands/suppliers/{Id}" })
        {
            var page = await Page(path);
            if (sentence is null) Assert.DoesNotContain("Ask which is right", page, StringComparison.Ordinal);
            else Assert.Contains(sentence, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_page_of_a_supplier_says_which_of_its_sites_has_ended()
    {
        pages.Service.Answers[$"/api/v1/suppliers/sites/{Id}"] = (HttpStatusCode.OK, Site("THA", "10", null).Replace("\"status\":\"active\"", "\"status\":\"ended\",\"endedOn\":\"2026-11-20\"", StringComparison.Ordinal));
        Supplier("ended", "[]");

        var page = await Page($"/brands/suppliers/{Id}");

        Assert.Contains("<span class=\"tag\">ended</span>", page, StringComparison.Ordinal);
        Assert.Contains("The supplier says nobody works here since 2026-11-20.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_brand_reads_for_which_site_a_recruiter_is_used_and_that_one_declared_ahead_is_not_in_use()
    {
        pages.Service.Answers[$"/api/v1/suppliers/sites/{Id}"] = (HttpStatusCode.OK, Site("THA", "10", null));
        static string Link(string name, string from, string to) => $$"""{"id":"{{Id}}","siteId":"{{Id}}","recruiterId":"{{Id}}","recruiterName":"{{name}}","originCountry":"MMR","from":"{{from}}","to":{{to}} }""";
        Supplier("active", $"[{Link("Used", "2025-01-01", "null")},{Link("Ahead", "2999-01-01", "null")},{Link("Never", "2999-01-01", "\"2999-01-01\"")},{Link("Over", "2025-01-01", "\"2025-06-01\"")}]");

        var page = await Page($"/brands/suppliers/{Id}");

        foreach (var (name, until) in new[] { ("Used", "Now"), ("Ahead", "Not begun"), ("Never", "Never in use"), ("Over", "2025-06-01") })
            Assert.Matches($"<th scope=\"row\">{name}</th><td data-label=\"Site\">Umber Heron Hall</td>(?s:.)*?<td data-label=\"Until\">{until}</td>", page[page.IndexOf($">{name}</th>", StringComparison.Ordinal) is var at ? (at - 20).. : ..]);
    }

    [Fact]
    public async Task The_first_screen_counts_what_it_lists_and_no_more() =>
        Assert.Contains("1 site of suppliers you buy from, on your lists or told by a supplier that shares with you", await Listed(), StringComparison.Ordinal);

    private Task<string> Listed()
    {
        pages.Service.Answers["/api/v1/risk/sites"] = (HttpStatusCode.OK, BrandRiskPagesTests.Portfolio("null", Id));
        return Page("/brands");
    }

    private void Supplier(string status, string recruiters)
    {
        pages.Service.Answers["/api/v1/suppliers/questions"] = (HttpStatusCode.OK, """{"version":"1","asOf":"2026-01-01","questions":[]}""");
        pages.Service.Answers[$"/api/v1/suppliers/parties/{Id}"] = (HttpStatusCode.OK, $$"""
            {"id":"{{Id}}","kind":"supplier","name":"Umber Heron Mill","country":"THA","status":"active","shared":true,
             "sites":[{"id":"{{Id}}","name":"Umber Heron Hall","address":"1 Canal Road","country":"THA","status":"{{status}}"}],"recruiters":{{recruiters}} }
            """);
    }

    private static string Site(string country, string sector, string? day) => $$"""
        {"id":"{{Id}}","partyId":"{{Id}}","name":"Umber Heron Hall","address":"1 Canal Road","country":"{{country}}","sector":{{(sector.Length > 0 ? $"\"{sector}\"" : "null")}},"status":"active","workforce":[],"answers":{},
         "listed":{"name":"Umber Heron Mill","country":"THA","sector":"10","listedOn":{{(day is null ? "null" : $"\"{day}\"")}} } }
        """;

    private async Task<string> Page(string path) => WebUtility.HtmlDecode(await pages.Client.GetStringAsync(new Uri(path, UriKind.Relative)));
}
