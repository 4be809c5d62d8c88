using System.Net;
using Recruitment.Web.Tests.Risk;

namespace Recruitment.Web.Tests.Suppliers;

public sealed class RefusedPagesTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Site = "0198f0c0-0000-7000-8000-0000000000e7";

    [Fact]
    public async Task A_contact_that_is_refused_is_told_and_nothing_typed_goes()
    {
        Mine("[]");
        pages.Service.Answers["/api/v1/suppliers/mine/profile"] = (HttpStatusCode.BadRequest, """{"type":"urn:recruitment:person-in-contact","detail":"Give the role, not the person."}""");

        var body = $"LegalName=Umber+Co&RegistrationNumber=0105&ContactRole=Somchai+Jaidee+081-234-5678&EmployerHousing=true&__RequestVerificationToken={Uri.EscapeDataString(await pages.Token("/suppliers/profile"))}";
        using var answer = await pages.Client.PostAsync(new Uri("/suppliers/profile", UriKind.Relative), new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));

        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        foreach (var shown in (string[])["Give the role, not the person.", "value=\"Umber Co\"", "value=\"0105\"", "value=\"Somchai Jaidee 081-234-5678\"", "value=\"true\" checked"])
            Assert.Contains(shown, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_ahead_is_not_offered_and_one_declared_before_says_that_it_has_not_begun()
    {
        static string Link(string name, string to) => $$"""{"id":"{{Site}}","siteId":"{{Site}}","recruiterId":"{{Site}}","recruiterName":"{{name}}","originCountry":"MMR","from":"2999-01-01","to":{{to}} }""";
        Mine($"[{Link("Umber Staffing", "null")},{Link("Never Staffing", "\"2999-01-01\"")}]");

        var page = WebUtility.HtmlDecode(await pages.Client.GetStringAsync(new Uri("/suppliers/recruiters", UriKind.Relative)));

        Assert.Contains($"min=\"1990-01-01\" max=\"{DateTime.UtcNow.AddHours(14).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}\"", page, StringComparison.Ordinal);
        Assert.Contains("2999-01-01, not begun", page, StringComparison.Ordinal);
        Assert.Contains("No longer use Umber Staffing, which has not begun", page, StringComparison.Ordinal);
        Assert.Contains("Never in use", page, StringComparison.Ordinal);
    }

    private void Mine(string recruiters) => pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK,
        $$"""{"partyId":"{{Site}}","name":"Umber Mill","country":"THA","profile":{"version":2},"brands":[],"recruiters":{{recruiters}},"progress":{},"sites":[{"id":"{{Site}}","name":"Hall","address":"Road","country":"THA","status":"active","answers":{},"workforce":[]}]}""");
}
