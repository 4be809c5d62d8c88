using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Web.Tests.Risk;

namespace Recruitment.Web.Tests.Suppliers;

public sealed partial class EstimatePagesTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Id = "0198f0c0-0000-7000-8000-000000000002";

    [Fact]
    public async Task A_supplier_reads_the_figure_of_its_own_site_with_all_that_a_score_carries()
    {
        pages.Service.Answers["/api/v1/risk/sites"] = (HttpStatusCode.OK, BrandRiskPagesTests.Portfolio("null", Id));

        var page = await Page("/suppliers/estimates");

        Assert.Contains($"href=\"/suppliers/estimates/{Id}\"", page, StringComparison.Ordinal);
        BrandRiskPagesTests.CarriesWhatAScoreMust(page);
    }

    [Fact]
    public async Task The_page_of_a_site_says_what_would_move_the_figure_and_where_to_tell_it()
    {
        pages.Service.Answers[$"/api/v1/risk/sites/{Id}"] = (HttpStatusCode.OK, BrandRiskPagesTests.Site("null", Id));
        pages.Service.Answers["/api/v1/suppliers/questions"] = (HttpStatusCode.OK,
            """{"version":"1","asOf":"2026-01-01","questions":[{"code":"documents.keeper","topic":"documents","text":"Who keeps passports?","options":[]}]}""");

        var page = await Page($"/suppliers/estimates/{Id}");

        Assert.Contains($"href=\"/suppliers/sites/practice?site={Id}&topic=documents\"", page, StringComparison.Ordinal);
        Assert.Contains("+65.34", page, StringComparison.Ordinal);
        BrandRiskPagesTests.CarriesWhatAScoreMust(page);
    }

    /// <summary>Should the service ever answer a supplier with worker voice, the page would still not say it.</summary>
    [Fact]
    public async Task No_page_of_a_supplier_has_a_place_for_worker_voice()
    {
        const string heard = """{"period":"2026-Q4","points":500}""";
        pages.Service.Answers["/api/v1/risk/sites"] = (HttpStatusCode.OK, BrandRiskPagesTests.Portfolio(heard, Id));
        pages.Service.Answers[$"/api/v1/risk/sites/{Id}"] = (HttpStatusCode.OK, BrandRiskPagesTests.Site(heard, Id));
        pages.Service.Answers["/api/v1/suppliers/questions"] = (HttpStatusCode.OK, """{"version":"1","asOf":"2026-01-01","questions":[]}""");

        foreach (var path in new[] { "/suppliers/estimates", $"/suppliers/estimates/{Id}" })
        {
            Assert.DoesNotMatch(Voice(), await Page(path));
        }
        Assert.Matches(Voice(), await Page("/brands"));
    }

    [Theory]
    [InlineData(false, "active", "Confirm your sites", "href=\"/suppliers/sites\"")]
    [InlineData(true, "active", "Add a site", "href=\"/suppliers/sites/edit\"")]
    [InlineData(false, "ended", "Add a site", "href=\"/suppliers/sites/edit\"")]
    public async Task Without_an_estimate_the_next_step_is_to_confirm_what_is_listed_or_to_add_a_site(bool confirmed, string status, string action, string link)
    {
        pages.Service.Answers["/api/v1/risk/sites"] = (HttpStatusCode.OK,
            """{"items":[],"next":null,"summary":{"sites":0,"notYetScored":0,"bands":[]},"methodVersion":"1.1","asOf":null,"statement":"an estimate of risk to people, not a finding about conduct"}""");
        pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK, $$"""
            {"partyId":"{{Id}}","name":"Umber Heron Mill","country":"THA","profile":{},"recruiters":[],"brands":[],"progress":{},
             "sites":[{"id":"{{Id}}","name":"Umber Heron Mill","address":"1 Canal Road","country":"THA","status":"{{status}}","confirmed":{{(confirmed ? "true" : "false")}},"version":1,"workforce":[],"answers":{} }]}
            """);

        var page = await Page("/suppliers/estimates");
        var main = page[page.IndexOf("<main", StringComparison.Ordinal)..];

        Assert.Contains(action, main, StringComparison.Ordinal);
        Assert.Contains($"class=\"button\" {link}", main, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_of_somebody_else_is_not_there() =>
        Assert.Equal(HttpStatusCode.NotFound, (await pages.Client.GetAsync(new Uri("/suppliers/estimates/0198f0c0-0000-7000-8000-00000000dead", UriKind.Relative))).StatusCode);

    private async Task<string> Page(string path) => WebUtility.HtmlDecode(await pages.Client.GetStringAsync(new Uri(path, UriKind.Relative)));

    [GeneratedRegex("voice|2026-Q4", RegexOptions.IgnoreCase)]
    private static partial Regex Voice();
}
