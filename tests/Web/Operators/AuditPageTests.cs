using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Operators;

/// <summary>The trails of all services on one page: the administrator's and an owner's.</summary>
public sealed partial class AuditPageTests : IAsyncLifetime
{
    private const string Person = "0195a000-0000-7000-8000-0000000000a1";
    private const string Party = "0195a000-0000-7000-8000-0000000000b1";
    private const string Nothing = """{"items":[],"next":null}""";
    private static readonly string[] Services = ["identity", "suppliers", "accreditation", "risk", "reports", "register", "grievances"];
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync()
    {
        foreach (var service in Services)
        {
            foreach (var asked in (string[])["", "?refused=true"]) pages.Service.Answers[$"GET /api/v1/{service}/audit{asked}"] = (HttpStatusCode.OK, Nothing);
            pages.Service.Answers[$"GET /api/v1/{service}/audit/verification"] = (HttpStatusCode.OK, """{"chains":1,"entries":12,"waiting":0,"until":"2026-11-20T08:15:00Z","head":"00ff","restores":[],"wrong":null}""");
        }
        pages.Service.Answers["GET /api/v1/identity/people"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Person}}","email":"nok@fair.example","roles":[]}],"next":null}""");
        pages.Service.Answers["GET /api/v1/identity/people/mine"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Person}}","email":"nok@fair.example"}],"next":null}""");
        return pages.InitializeAsync();
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("/organisation/audit", "Nothing was done yet.")]
    [InlineData("/th/organisation/audit", "ยังไม่มีการทำสิ่งใด")]
    [InlineData("/operators/audit", "Nothing was done yet.")]
    [InlineData("/organisation/audit?refused=true", "Nothing fits what you look for.")]
    public async Task Where_nothing_was_done_or_nothing_fits_the_page_says_so(string address, string said) => Assert.Contains(said, WebUtility.HtmlDecode(await Page(address)), StringComparison.Ordinal);

    [Fact]
    public async Task Entries_of_all_services_are_in_one_order_by_people_and_machines_and_in_words()
    {
        Answer("identity", Entry("1", "2026-11-20T08:15:00.000Z", "EndMembership", "last-administrator", who: Person));
        Answer("risk", Entry("2", "2026-11-21T08:15:00.000Z", "GetRiskInputs", "done", who: "client:demo"), Entry("3", "2026-11-19T08:15:00.000Z", "SomethingNew", "odd-code", who: "0195a000-0000-7000-8000-0000000000ff"));

        var page = await Page("/organisation/audit");

        Assert.Equal(["Get risk inputs", "End membership", "Something new"], Whats().Matches(page).Select(m => m.Groups[1].Value.Trim()));
        Assert.Contains("Machine demo", page, StringComparison.Ordinal);
        Assert.Contains("nok@fair.example", page, StringComparison.Ordinal);
        Assert.Contains("Somebody who does not belong to your organisation", page, StringComparison.Ordinal);
        Assert.Contains("Refused: would have removed the last administrator", page, StringComparison.Ordinal);
        Assert.Contains("Refused: odd code", page, StringComparison.Ordinal);
        Assert.Contains("2026-11-21 08:15:00 UTC", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_on_cases_shows_its_day_to_the_administrator_and_is_no_part_of_an_owners_page()
    {
        Answer("grievances", Entry("1", "2026-11-20T00:00:00Z", "WorkOnCase", "done", who: Person));
        pages.Service.Answers[$"GET /api/v1/suppliers/parties?ids={Party}"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Party}}","kind":"operator","name":"Fair Work Office","country":"THA","ownerPartyId":null,"version":1}],"next":null}""");

        var (administrators, owners) = (await Page("/operators/audit"), await Page("/organisation/audit"));

        Assert.Contains("Work on case", administrators, StringComparison.Ordinal);
        Assert.Contains("Fair Work Office", administrators, StringComparison.Ordinal);
        Assert.Contains(">2026-11-20<", administrators, StringComparison.Ordinal);
        Assert.DoesNotContain("00:00", administrators, StringComparison.Ordinal);
        Assert.DoesNotContain("Work on case", owners, StringComparison.Ordinal);
        Assert.DoesNotContain("grievances", owners, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_is_away_is_named_and_the_others_are_shown()
    {
        Answer("identity", Entry("1", "2026-11-20T08:15:00Z", "EndMembership", "done"));
        pages.Service.Answers["GET /api/v1/risk/audit"] = (HttpStatusCode.ServiceUnavailable, "");

        var page = await Page("/organisation/audit");

        Assert.Contains("Estimates: does not answer now", page, StringComparison.Ordinal);
        Assert.Contains("End membership", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_page_begins_behind_what_was_shown_of_each_service()
    {
        var identity = Enumerable.Range(0, 50).Select(i => Entry($"1{i:D2}", $"2026-11-20T08:15:{59 - i:D2}Z", "EndMembership", "done")).ToArray();
        pages.Service.Answers["GET /api/v1/identity/audit"] = (HttpStatusCode.OK, $$"""{"items":[{{string.Join(',', identity)}}],"next":"{{Id("149")}}"}""");
        Answer("risk", Entry("2", "2026-11-21T08:15:00Z", "GetRiskInputs", "done"), Entry("3", "2026-11-19T08:15:00Z", "OldOne", "done"));
        // One line of Identity did not fit on the first page.
        pages.Service.Answers[$"GET /api/v1/identity/audit?cursor={Id("148")}"] = (HttpStatusCode.OK, $$"""{"items":[{{identity[49]}}],"next":null}""");
        pages.Service.Answers[$"GET /api/v1/risk/audit?cursor={Id("2")}"] = (HttpStatusCode.OK, $$"""{"items":[{{Entry("3", "2026-11-19T08:15:00Z", "OldOne", "done")}}],"next":null}""");

        var first = await Page("/organisation/audit");
        var next = WebUtility.HtmlDecode(Older().Match(first).Groups[1].Value);
        var second = await Page("/organisation/audit" + next);

        Assert.Equal((50, 2), (Whats().Count(first), Whats().Count(second)));
        Assert.Contains("Old one", second, StringComparison.Ordinal);
        Assert.DoesNotMatch(Older(), second);
    }

    [Theory]
    [InlineData("""{"chains":1,"entries":12,"waiting":3,"until":"2026-11-20T08:15:00Z","head":"00ff","restores":[{"partyId":"0195a000-0000-7000-8000-0000000000b1","epoch":2,"first":7}],"wrong":null}""",
        "Whole up to entry 12 of 2026-11-20 08:15 UTC.", "3 newer ones get their place", "From entry 7 on the chain goes on after", "00ff")]
    [InlineData("""{"chains":1,"entries":4,"waiting":0,"until":"2026-11-20T08:15:00Z","head":null,"restores":[],"wrong":{"partyId":"0195a000-0000-7000-8000-0000000000b1","sequence":5,"at":null,"why":"missing"}}""",
        "Does not fit", "Entry 5 is missing.", "", "")]
    public async Task Whether_the_chain_is_whole_is_said_when_asked(string answer, params string[] said)
    {
        pages.Service.Answers["GET /api/v1/identity/audit/verification"] = (HttpStatusCode.OK, answer);

        var page = await Page("/organisation/audit?check=true");

        Assert.All(said, s => Assert.Contains(s, page, StringComparison.Ordinal));
        Assert.DoesNotContain("Whole up to", await Page("/organisation/audit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_is_exported_as_it_answers_and_one_that_there_is_not_is_not_asked()
    {
        pages.Service.Answers["GET /api/v1/risk/audit/export?from=2026-11-01&refused=true&format=csv"] = (HttpStatusCode.OK, "Id,At");

        using var file = await pages.Client.GetAsync(new Uri("/organisation/audit?handler=Export&service=risk&format=csv&from=2026-11-01&refused=true", UriKind.Relative));
        using var cases = await pages.Client.GetAsync(new Uri("/organisation/audit?handler=Export&service=grievances&format=csv", UriKind.Relative));

        Assert.Equal(("Id,At", "audit-trail-risk.csv"), (await file.Content.ReadAsStringAsync(), file.Content.Headers.ContentDisposition?.FileName));
        Assert.Equal(HttpStatusCode.NotFound, cases.StatusCode);
    }

    [Fact]
    public void Thai_has_every_wording_of_the_page_with_the_same_placeholders()
    {
        var (english, thai) = (Wordings("en"), Wordings("th"));

        Assert.Empty(english.Keys.Except(thai.Keys));
        Assert.All(english.Where(e => e.Key != "language"), e => Assert.Equal(Placeholders().Matches(e.Value).Select(m => m.Value).Order(), Placeholders().Matches(thai[e.Key]).Select(m => m.Value).Order()));
        Assert.All(thai.Values, w => Assert.Contains(w, c => c is >= '\u0E00' and <= '\u0E7F'));
    }

    private void Answer(string service, params string[] entries) => pages.Service.Answers[$"GET /api/v1/{service}/audit"] = (HttpStatusCode.OK, $$"""{"items":[{{string.Join(',', entries)}}],"next":null}""");

    private static string Id(string end) => $"0195a000-0000-7000-8000-{end.PadLeft(12, '0')}";

    private static string Entry(string id, string at, string what, string outcome, string who = Person) =>
        $$"""{"id":"{{Id(id)}}","at":"{{at}}","who":"{{who}}","partyId":"{{Party}}","session":"s-1","what":"{{what}}","about":["{{Party}}"],"outcome":"{{outcome}}","sequence":4}""";

    private Task<string> Page(string address) => pages.Client.GetStringAsync(new Uri(address, UriKind.Relative));

    private static Dictionary<string, string> Wordings(string language, [CallerFilePath] string here = "") =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "web", "Texts", "audit", $"{language}.json")))!;

    [GeneratedRegex("<td data-label=\"What\">([^<]+)<br")]
    private static partial Regex Whats();

    [GeneratedRegex("<a href=\"([^\"]+)\" rel=\"next\">")]
    private static partial Regex Older();

    [GeneratedRegex("{[0-9]}")]
    private static partial Regex Placeholders();
}
