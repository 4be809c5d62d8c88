using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Web.Tests.Risk;

namespace Recruitment.Web.Tests.Suppliers;

/// <summary>A form that is sent twice does its thing once, and none overwrites what a colleague saved since it was opened.</summary>
public sealed partial class SentOnceTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Site = "0198f0c0-0000-7000-8000-0000000000c1";
    private const string Party = "0198f0c0-0000-7000-8000-0000000000c2";
    private const string Recruiter = "0198f0c0-0000-7000-8000-0000000000c3";

    [Theory]
    [InlineData("/suppliers/profile", "/suppliers/profile", "PUT mine/profile", "LegalName=Heron", 4)]
    [InlineData("/suppliers/sites/edit", "/suppliers/sites/edit", "POST mine/sites", "Name=Hall&Address=Road&Country=Thailand", null)]
    [InlineData($"/suppliers/sites/edit?site={Site}", "/suppliers/sites/edit", $"PUT mine/sites/{Site}", $"Site={Site}&Name=Hall&Address=Road&Country=Thailand", 7)]
    [InlineData($"/suppliers/sites/workforce?site={Site}", "/suppliers/sites/workforce", $"PUT mine/sites/{Site}/workforce", $"Site={Site}&AsOf=2026-01-31&Lines[0].Nationality=Myanmar&Lines[0].female=12", 7)]
    [InlineData($"/suppliers/sites/practice?site={Site}", "/suppliers/sites/practice", $"PUT mine/sites/{Site}/self-assessment", $"Site={Site}&Topic=documents&Version=1&documents.keeper=workers", 3)]
    [InlineData("/suppliers/recruiters", "/suppliers/recruiters", $"POST mine/sites/{Site}/recruiters", $"Site={Site}&RecruiterName=Heron&RecruiterCountry=MM&OriginCountry=MM&From=2026-01-01", null)]
    [InlineData("/suppliers/recruiters", "/suppliers/recruiters?handler=Invite", $"POST {Recruiter}/invitations", $"recruiter={Recruiter}", null)]
    [InlineData($"/brands/suppliers/{Party}", $"/brands/suppliers/{Party}", $"POST {Party}/invitations", "", null)]
    public async Task A_form_sent_twice_goes_under_one_key_and_with_the_version_that_was_read(string opened, string sentTo, string call, string fields, int? version)
    {
        Known();
        pages.Service.Answers[$"/api/v1/suppliers/{call.Split(' ')[1]}"] = (HttpStatusCode.OK, """{"link":"/identity/join?token=made-up"}""");
        var form = await Open(opened);
        var before = pages.Service.Guards.Count;

        await Send(sentTo, form, fields);
        await Send(sentTo, form, fields);
        await Send(sentTo, await Open(opened), fields);

        var sent = pages.Service.Guards.Skip(before).ToList();
        Assert.Equal(3, sent.Count);
        Assert.All(sent, s => Assert.Equal($"{call.Split(' ')[0]} /api/v1/suppliers/{call.Split(' ')[1]}", s.Call));
        Assert.All(sent, s => Assert.Equal(version is null ? null : $"\"{version}\"", s.IfMatch));
        Assert.Equal(sent[0].Key, sent[1].Key);
        Assert.Matches("^[0-9A-F]{32}$", sent[0].Key);
        Assert.NotEqual(sent[0].Key, sent[2].Key);
        Assert.All(pages.Service.Calls.Skip(before), c => Documented.Takes(c.Call, c.Body)); // one call for each guard
    }

    [Fact]
    public async Task A_newer_change_of_a_colleague_is_told_and_what_was_typed_stays()
    {
        Known();
        var form = await Open("/suppliers/profile");
        pages.Service.Answers["/api/v1/suppliers/mine/profile"] = (HttpStatusCode.PreconditionFailed, """{"type":"urn:recruitment:changed-meanwhile","detail":"Read it again."}""");

        var page = await (await Send("/suppliers/profile", form, "LegalName=Typed+Heron")).Content.ReadAsStringAsync();

        Assert.Contains("Somebody changed this after you opened the page.", page, StringComparison.Ordinal);
        Assert.Contains("value=\"Typed Heron\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"Once.Version\" value=\"4\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_supplier_stops_sharing_on_its_page_and_reads_that_what_was_read_stays_read()
    {
        const string relation = "0198f0c0-0000-7000-8000-0000000000c4";
        string Mine(string brand) => $$"""{"partyId":"{{Party}}","name":"Umber Heron Mill","country":"THA","profile":{},"recruiters":[],"sites":[],"progress":{},"brands":[{{brand}}]}""";
        pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK, Mine($$"""{"relationId":"{{relation}}","brand":"Juniper","shared":true}"""));
        pages.Service.Answers[$"/api/v1/suppliers/mine/brands/{relation}/share"] = (HttpStatusCode.NoContent, "");
        var page = await pages.Client.GetStringAsync(new Uri("/suppliers", UriKind.Relative));

        var answer = await Send("/suppliers?handler=EndSharing", await Open("/suppliers"), $"relation={relation}");
        pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK, Mine($$"""{"relationId":"{{relation}}","brand":"Juniper","shared":false,"sharingEndedAt":"2026-02-03T08:00:00Z"}"""));

        Assert.Contains("What it has read until now stays read", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains(pages.Service.Calls, c => c.Call == $"DELETE /api/v1/suppliers/mine/brands/{relation}/share");
        Assert.All(pages.Service.Calls.Where(c => c.Call.EndsWith("/share", StringComparison.Ordinal)), c => Documented.Takes(c.Call, c.Body));
        Assert.Contains("you stopped sharing on", await pages.Client.GetStringAsync(new Uri("/suppliers", UriKind.Relative)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lines[0].Nationality=Myanmar&Lines[0].female=12&Lines[1].Nationality=Laos&Lines[1].male=a+few", "Nationality 2 (Laos), men: “a few” is not a whole number from 0 to 1000000.")]
    [InlineData("Lines[0].Nationality=Myanmar&Lines[0].female=1000001", "Nationality 1 (Myanmar), women: “1000001” is not a whole number")]
    [InlineData("Lines[0].Nationality=Myanmar&Lines[0].female=12&Lines[1].Nationality=&Lines[1].male=3", "Nationality 2 has numbers but no country.")]
    public async Task A_count_that_cannot_be_saved_is_told_with_its_line(string lines, string told)
    {
        Known();
        var before = pages.Service.Guards.Count;

        var page = await (await Send("/suppliers/sites/workforce", await Open($"/suppliers/sites/workforce?site={Site}"), $"Site={Site}&AsOf=2026-01-31&{lines}")).Content.ReadAsStringAsync();
        var dayless = await (await Send("/suppliers/sites/workforce", await Open($"/suppliers/sites/workforce?site={Site}"), $"Site={Site}&AsOf=&Lines[0].Nationality=Myanmar&Lines[0].female=1")).Content.ReadAsStringAsync();

        Assert.Contains(told, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("Choose the day on which they were counted.", dayless, StringComparison.Ordinal);
        Assert.Equal(before, pages.Service.Guards.Count);
    }

    [Fact]
    public async Task The_link_of_an_invitation_stands_whole_on_the_page()
    {
        Known();
        pages.Service.Answers[$"/api/v1/suppliers/{Party}/invitations"] = (HttpStatusCode.OK, """{"link":"/identity/join?token=made-up"}""");

        var page = await (await Send($"/brands/suppliers/{Party}", await Open($"/brands/suppliers/{Party}"), "")).Content.ReadAsStringAsync();

        Assert.Matches("<code id=\"link\" class=\"whole\" tabindex=\"0\">http://[^<]+/identity/join\\?token=made-up</code>", page);
    }

    [Fact]
    public async Task A_key_that_no_page_made_is_none()
    {
        Known();
        pages.Service.Answers["/api/v1/suppliers/mine/profile"] = (HttpStatusCode.NoContent, "");
        var token = await pages.Token("/suppliers/profile");

        await Send("/suppliers/profile", (token, "made\nup", "4"), "LegalName=Heron");

        Assert.Matches("^[0-9A-F]{32}$", pages.Service.Guards[^1].Key);
    }

    [Theory]
    [InlineData("direct_only", -1, null, true)]
    [InlineData("direct_only", 0, 1, true)]
    [InlineData("direct_only", -60, 0, false)]
    [InlineData("direct_only", -60, 30, true)]
    [InlineData("direct_only", -60, -1, false)]
    [InlineData("direct_only", 1, null, false)]
    [InlineData("declined", -1, null, false)]
    public async Task A_recruiter_beside_the_answer_that_there_is_none_is_remarked_on_to_both_and_blamed_on_nobody(string answer, int begins, int? ends, bool remarked)
    {
        Known();
        var link = $$"""{"id":"{{Recruiter}}","siteId":"{{Site}}","recruiterId":"{{Recruiter}}","recruiterName":"Umber Staffing","originCountry":"MMR","from":"{{Day(begins)}}","to":{{(ends is { } last ? $"\"{Day(last)}\"" : "null")}}}""";
        static string Day(int fromToday) => DateTime.UtcNow.AddHours(7).AddDays(fromToday).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var site = $$"""{"id":"{{Site}}","partyId":"{{Party}}","name":"Umber Heron Mill","address":"1 Canal Road","country":"THA","status":"active","confirmed":true,"version":7,"workforce":[],"answers":{"recruitment.channel":"{{answer}}"} }""";
        pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK, $$"""{"partyId":"{{Party}}","name":"Umber Heron Mill","country":"THA","profile":{},"brands":[],"progress":{},"recruiters":[{{link}}],"sites":[{{site}}]}""");
        pages.Service.Answers[$"/api/v1/suppliers/parties/{Party}"] = (HttpStatusCode.OK,
            $$"""{"id":"{{Party}}","kind":"supplier","name":"Umber Heron Mill","country":"THA","status":"active","shared":true,"sites":[{"id":"{{Site}}","name":"Umber Heron Mill","address":"1 Canal Road","country":"THA","status":"active"}],"recruiters":[{{link}}]}""");
        pages.Service.Answers[$"/api/v1/suppliers/sites/{Site}"] = (HttpStatusCode.OK, site);

        var own = await pages.Client.GetStringAsync(new Uri("/suppliers/recruiters", UriKind.Relative));
        var toDo = await pages.Client.GetStringAsync(new Uri("/suppliers", UriKind.Relative));
        var brands = await pages.Client.GetStringAsync(new Uri($"/brands/suppliers/{Party}", UriKind.Relative));

        Assert.Equal(remarked, own.Contains("you say that Umber Heron Mill uses no recruiter, but here you declared Umber Staffing", StringComparison.Ordinal));
        Assert.Equal(remarked, toDo.Contains("you say that Umber Heron Mill uses no recruiter, but you declared Umber Staffing", StringComparison.Ordinal));
        Assert.Equal(remarked, toDo.Contains($"href=\"/suppliers/sites/practice?site={Site}&amp;topic=fees_and_debt\"", StringComparison.Ordinal));
        Assert.Equal(remarked, brands.Contains("One of the two may be out of date; ask which holds today.", StringComparison.Ordinal));
    }

    private async Task<(string Token, string Key, string Version)> Open(string path)
    {
        var page = await pages.Client.GetStringAsync(new Uri(path, UriKind.Relative));
        return (TokenField().Match(page).Groups[1].Value, KeyField().Match(page).Groups[1].Value, VersionField().Match(page).Groups[1].Value);
    }

    private async Task<HttpResponseMessage> Send(string path, (string Token, string Key, string Version) form, string fields)
    {
        var content = fields.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('=')).Select(f => KeyValuePair.Create(f[0], f[1].Replace('+', ' ')))
            .Append(new("__RequestVerificationToken", form.Token)).Append(new("Once.Key", form.Key));
        if (form.Version.Length > 0) content = content.Append(new("Once.Version", form.Version));
        return await pages.Client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(content));
    }

    private void Known()
    {
        pages.Service.Answers["/api/v1/suppliers/questions"] = (HttpStatusCode.OK,
            """{"version":"1","asOf":"2026-01-01","questions":[{"code":"documents.keeper","topic":"documents","text":"Who keeps passports?","options":[{"code":"workers","text":"They do"}]}]}""");
        pages.Service.Answers["/api/v1/suppliers/mine"] = (HttpStatusCode.OK, $$"""
            {"partyId":"{{Party}}","name":"Umber Heron Mill","country":"THA","profile":{"legalName":"Umber Heron","version":4},"brands":[],"progress":{},
             "recruiters":[{"id":"{{Recruiter}}","siteId":"{{Site}}","recruiterId":"{{Recruiter}}","recruiterName":"Umber Staffing","originCountry":"MMR","from":"2026-01-01"}],
             "sites":[{"id":"{{Site}}","name":"Umber Heron Mill","address":"1 Canal Road","country":"THA","status":"active","confirmed":true,"version":7,"workforce":[],"answers":{},"answersVersion":3}]}
            """);
        pages.Service.Answers[$"/api/v1/suppliers/parties/{Party}"] = (HttpStatusCode.OK,
            $$"""{"id":"{{Party}}","kind":"supplier","name":"Umber Heron Mill","country":"THA","status":"active","shared":false,"sites":[],"recruiters":[]}""");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    [GeneratedRegex("name=\"Once.Key\" value=\"([^\"]+)\"")]
    private static partial Regex KeyField();

    [GeneratedRegex("name=\"Once.Version\" value=\"([^\"]+)\"")]
    private static partial Regex VersionField();
}
