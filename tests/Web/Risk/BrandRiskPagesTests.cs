using System.Net;
using System.Text.RegularExpressions;

namespace Recruitment.Web.Tests.Risk;

public sealed partial class BrandRiskPagesTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Id = "0198f0c0-0000-7000-8000-000000000001";

    private const string Estimate = """
        {"topic":"fees_and_debt","topicLabel":"Fees and debt","severity":5,"residual":6534,"low":5120,"high":7948,"band":"very_high","bandLabel":"Look first","confidence":"C",
        "imputedShare":2000,"asOf":"2026-11-24","methodVersion":"1.1","statement":"an estimate of risk to people, not a finding about conduct",
        "topFactor":{"code":"fees","kind":"practice","label":"Recruitment fees and costs paid by workers","points":1350,"basis":"self_declared","source":null,"asOf":null}}
        """;

    private const string NoSites = """{"items":[],"next":null,"summary":{"sites":0,"notYetScored":0,"bands":[]},"methodVersion":"1.1","asOf":"2026-11-24","statement":"an estimate of risk to people, not a finding about conduct"}""";

    [Fact]
    public async Task An_empty_portfolio_leads_to_the_import()
    {
        pages.Service.Answers["/api/v1/risk/sites"] = (HttpStatusCode.OK, NoSites);

        var page = await Page("/brands");

        Assert.Contains("href=\"/brands/imports\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_screen_says_where_why_and_how_sure()
    {
        pages.Service.Answers["/api/v1/risk/sites"] = (HttpStatusCode.OK, Portfolio("""{"period":"2026-Q4","points":500}"""));

        var page = await Page("/brands");

        Assert.Contains($"/brands/risk/site/{Id}", page, StringComparison.Ordinal);
        Assert.Contains("Recruitment fees and costs paid by workers", page, StringComparison.Ordinal);
        Assert.Contains("Released worker voice, 2026-Q4", page, StringComparison.Ordinal);
        CarriesWhatAScoreMust(page);
    }

    [Fact]
    public async Task A_topic_that_does_not_exist_is_answered_with_a_way_back()
    {
        pages.Service.Answers["/api/v1/risk/sites?topic=weather"] = (HttpStatusCode.BadRequest, "{}");

        var answer = await pages.Client.GetAsync(new Uri("/brands?topic=weather", UriKind.Relative));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Begin again with all topics", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_shows_its_factors_and_their_sum_what_is_missing_and_what_changed()
    {
        pages.Service.Answers[$"/api/v1/risk/sites/{Id}"] = (HttpStatusCode.OK, Site("null"));

        var page = await Page($"/brands/risk/site/{Id}");

        Assert.Contains("+65.34", page, StringComparison.Ordinal);
        Assert.Contains("once known, an estimate may fall by up to 9", page, StringComparison.Ordinal);
        Assert.Contains("2026-11-24: The supplier's answers", page, StringComparison.Ordinal);
        Assert.Contains("<svg class=\"bar bad\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("from released worker voice", page, StringComparison.Ordinal);
        CarriesWhatAScoreMust(page);
    }

    [Fact]
    public async Task An_audit_of_a_recruiter_is_not_said_to_be_one_of_the_site()
    {
        pages.Service.Answers[$"/api/v1/risk/sites/{Id}"] = (HttpStatusCode.OK, Site("null").Replace("\"self_declared\"", "\"recruiter_audit\"", StringComparison.Ordinal));

        var page = await Page($"/brands/risk/site/{Id}");

        Assert.Contains("audit of the recruiter, not of this site", page, StringComparison.Ordinal);
        Assert.DoesNotContain("on site", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_that_is_not_the_readers_to_see_is_not_there() =>
        Assert.Equal(HttpStatusCode.NotFound, (await pages.Client.GetAsync(new Uri("/brands/risk/site/0198f0c0-0000-7000-8000-00000000dead", UriKind.Relative))).StatusCode);

    [Fact]
    public async Task No_page_says_what_nobody_can_say_or_carries_style_or_script()
    {
        pages.Service.Answers["/api/v1/risk/sites"] = (HttpStatusCode.OK, Portfolio("null"));
        pages.Service.Answers[$"/api/v1/risk/sites/{Id}"] = (HttpStatusCode.OK, Site("null"));
        foreach (var path in new[] { "/brands", $"/brands/risk/site/{Id}" })
        {
            var page = await Page(path);
            var main = page[page.IndexOf("<main", StringComparison.Ordinal)..page.IndexOf("</main>", StringComparison.Ordinal)];

            Assert.DoesNotMatch(Forbidden(), main);
            Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
            Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        }
    }

    internal static void CarriesWhatAScoreMust(string page)
    {
        foreach (var part in new[] { "Between 51 and 79 of 100", "confidence C", "20 % filled in", "as of 2026-11-24", "method 1.1", "an estimate of risk to people, not a finding about conduct" })
            Assert.Contains(part, Spaces().Replace(page, " "), StringComparison.Ordinal);
    }

    private async Task<string> Page(string path) => WebUtility.HtmlDecode(await pages.Client.GetStringAsync(new Uri(path, UriKind.Relative)));

    internal static string Portfolio(string voice, string id = Id) => $$"""
        {"items":[{"siteId":"{{id}}","site":"Rung Fah plant","country":"THA","sector":"10","supplierPartyId":"{{id}}","supplier":"Rung Fah Seafood Processing","rank":1,"score":6534,
        "estimate":{{Estimate}},"workerVoice":{{voice}}}],"next":null,"summary":{"sites":1,"notYetScored":0,"bands":[{"band":"very_high","label":"Look first","sites":1}]},
        "methodVersion":"1.1","asOf":"2026-11-24","statement":"an estimate of risk to people, not a finding about conduct"}
        """;

    internal static string Site(string voice, string id = Id) => $$"""
        {"siteId":"{{id}}","site":"Rung Fah plant","country":"THA","sector":"10","supplierPartyId":"{{id}}","supplier":"Rung Fah Seafood Processing","score":6534,"headline":{{Estimate}},
        "topics":[{"estimate":{{Estimate}},"inherent":6534,"lines":[{"code":"fees","kind":"practice","label":"Recruitment fees and costs paid by workers","points":6534,"basis":"self_declared","source":null,"asOf":"2026-11-01"}],
        "missing":[{"input":"documents","label":"Who holds passports and papers","question":"documents.keeper","mayFallBy":900,"mayRiseBy":400}]}],
        "workerVoice":{{voice}},"recruiters":[],"supportNeeded":{"figure":700,"corridors":1,"meaning":""},
        "changes":[{"day":"2026-11-24","topic":"fees_and_debt","topicLabel":"Fees and debt","cause":"self_assessment","before":7000,"after":6534}]}
        """;

    [GeneratedRegex("IRIS certified|approved by IOM|\\bcompliant|slave-free|free of forced labour|safe agency|confirmed victim", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
