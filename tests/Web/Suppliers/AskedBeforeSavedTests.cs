using System.Net;
using Recruitment.Web.Tests.Risk;

namespace Recruitment.Web.Tests.Suppliers;

/// <summary>Where what a supplier typed is not understood, or could mean two things, it is asked before anything is saved, and nothing typed goes.</summary>
public sealed class AskedBeforeSavedTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Site = "0198f0c0-0000-7000-8000-0000000000d1";
    private const string Known = "0198f0c0-0000-7000-8000-0000000000d2";
    private const string Alike = "/api/v1/suppliers/recruiters/alike?name=Umber%20Jetty%20%28Myanmar%29&country=Myanmar";

    [Fact]
    public async Task A_sector_that_is_not_understood_is_told_and_stays_typed()
    {
        pages.Service.Answers["/api/v1/suppliers/mine/sites"] = (HttpStatusCode.BadRequest, """{"type":"urn:recruitment:unknown-sector","detail":"What is made there was not understood."}""");

        var page = await (await Send("/suppliers/sites/edit", "Name=Hall&Address=Road&Country=Thailand&Sector=Fibre+things")).Content.ReadAsStringAsync();

        Assert.Contains("What is made there was not understood.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Fibre things\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recruiter_with_a_name_much_like_a_known_one_is_asked_about_before_it_is_declared()
    {
        var calls = Asked();

        var page = WebUtility.HtmlDecode(await (await Declare("")).Content.ReadAsStringAsync());

        Assert.Empty(calls());
        foreach (var shown in (string[])["Nothing was declared yet.", "Which recruiter do you mean?", "Umber Jetty Recruitment (Myanmar), known already", "Another one: Umber Jetty (Myanmar), based in Myanmar", $"value=\"{Known}\"", "value=\"Umber Jetty (Myanmar)\"", "value=\"2026-01-01\""])
            Assert.Contains(shown, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"&Which={Known}", $"\"recruiterId\":\"{Known}\"")]
    [InlineData("&Which=another", "\"recruiterName\":\"Umber Jetty (Myanmar)\"")]
    public async Task The_answer_declares_the_one_that_is_meant(string which, string declared)
    {
        var calls = Asked();

        var answer = await Declare($"{which}&Asked=Umber+Jetty+%28Myanmar%29%2C+Myanmar");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var (call, body) = Assert.Single(calls());
        Assert.Contains(declared, body, StringComparison.Ordinal);
        Documented.Takes(call, body);
    }

    [Fact]
    public async Task An_answer_to_the_question_about_another_name_is_none()
    {
        var calls = Asked();

        var page = await (await Declare("&Which=another&Asked=Golden+Ferry%2C+Cambodia")).Content.ReadAsStringAsync();

        Assert.Empty(calls());
        Assert.Contains("Which recruiter do you mean?", page, StringComparison.Ordinal);
    }

    private Func<List<(string Call, string Body)>> Asked()
    {
        pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK,
            $$"""{"partyId":"{{Site}}","name":"Umber Mill","country":"THA","profile":{},"brands":[],"recruiters":[],"progress":{},"sites":[{"id":"{{Site}}","name":"Hall","address":"Road","country":"THA","status":"active","answers":{},"workforce":[]}]}""");
        pages.Service.Answers[Alike] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Known}}","name":"Umber Jetty Recruitment","country":"MMR"}]}""");
        pages.Service.Answers[$"/api/v1/suppliers/mine/sites/{Site}/recruiters"] = (HttpStatusCode.Created, "{}");
        var before = pages.Service.Calls.Count;
        return () => [.. pages.Service.Calls.Skip(before)];
    }

    private Task<HttpResponseMessage> Declare(string which) => Send("/suppliers/recruiters", $"Site={Site}&RecruiterName=Umber+Jetty+%28Myanmar%29&RecruiterCountry=Myanmar&OriginCountry=Myanmar&From=2026-01-01{which}");

    private async Task<HttpResponseMessage> Send(string page, string fields)
    {
        var body = $"{fields}&__RequestVerificationToken={Uri.EscapeDataString(await pages.Token(page))}";
        return await pages.Client.PostAsync(new Uri(page, UriKind.Relative), new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));
    }
}
