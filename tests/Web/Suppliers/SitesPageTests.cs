using System.Net;
using Recruitment.Web.Tests.Risk;

namespace Recruitment.Web.Tests.Suppliers;

public sealed class SitesPageTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    [Theory]
    [InlineData("", "Address not known, Thailand")]
    [InlineData("1 Canal Road", "1 Canal Road, Thailand")]
    public async Task An_address_that_nobody_gave_is_said_to_be_unknown(string address, string words)
    {
        pages.Service.Answers["/api/v1/suppliers/questions"] = (HttpStatusCode.OK, """{"version":"1","asOf":"2026-01-01","questions":[]}""");
        pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK, $$"""
            {"partyId":"0198f0c0-0000-7000-8000-000000000002","name":"Umber Heron Mill","country":"THA","profile":{},"recruiters":[],"brands":[],"progress":{},
             "sites":[{"id":"0198f0c0-0000-7000-8000-000000000003","name":"Umber Heron Mill","address":"{{address}}","country":"THA","status":"active","confirmed":false,"version":1,"workforce":[],"answers":{} }]}
            """);

        var page = await pages.Client.GetStringAsync(new Uri("/suppliers/sites", UriKind.Relative));

        Assert.Contains($">{words}</td>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"22\"", "Rubber and plastics (22)")]
    [InlineData("null", "Not said yet")]
    public async Task What_is_made_at_a_site_is_shown_as_it_was_understood(string sector, string words)
    {
        pages.Service.Answers["/api/v1/suppliers/questions"] = (HttpStatusCode.OK, """{"version":"1","asOf":"2026-01-01","questions":[]}""");
        pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK, $$"""
            {"partyId":"0198f0c0-0000-7000-8000-000000000002","name":"Umber Heron Mill","country":"THA","profile":{},"recruiters":[],"brands":[],"progress":{},
             "sites":[{"id":"0198f0c0-0000-7000-8000-000000000003","name":"Umber Heron Mill","address":"","country":"THA","sector":{{sector}},"status":"active","confirmed":false,"version":1,"workforce":[],"answers":{} }]}
            """);

        var page = await pages.Client.GetStringAsync(new Uri("/suppliers/sites", UriKind.Relative));

        Assert.Contains($"<td data-label=\"Made there\">{words}</td>", page, StringComparison.Ordinal);
    }
}
