using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.CaseHandlers;

public sealed class ListTests(PagesOfAssessment pages) : IClassFixture<PagesOfAssessment>
{
    private const string List = "GET /api/v1/grievances";
    private const string Me = "GET /api/v1/grievances/readers/me";
    private const string Alerts = "PUT /api/v1/grievances/readers/me/alerts";
    private static readonly Guid Hidden = Guid.Parse("aaaaaaaa-0000-7000-8000-000000000001");
    private static readonly Guid Plain = Guid.Parse("bbbbbbbb-0000-7000-8000-000000000002");

    [Fact]
    public async Task Those_in_danger_among_a_flood_are_never_called_nobody_and_one_of_them_is_answered_first()
    {
        Answer(0, 4, Case(Hidden, "danger", parked: true), [Case(Plain, "ordinary"), .. Flood(4)]);

        var page = await Read("/casehandlers");

        Assert.DoesNotContain("Nobody", page, StringComparison.Ordinal);
        Assert.DoesNotContain("more said so", page, StringComparison.Ordinal);
        Assert.Contains("4 people in danger wait for an answer, all among those that came in a flood, below.", page, StringComparison.Ordinal);
        Assert.Matches($"In danger: answer this one now</h2>[^§]*may not be real[^§]*href=\"/casehandlers/case/{Hidden}\">Open case[^§]*<caption>", page);
        Assert.DoesNotContain("Answer this one next", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_only_case_there_is_came_in_a_flood_and_is_offered()
    {
        Answer(0, 1, Case(Hidden, "danger", parked: true), Case(Hidden, "danger", parked: true));

        var page = await Read("/casehandlers");

        Assert.Contains("One person in danger waits for an answer, among those that came in a flood, below.", page, StringComparison.Ordinal);
        Assert.Contains("In danger: answer this one now", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, "Nobody who waits for an answer said that they are in danger.")]
    [InlineData(1, 1, "One person in danger waits for an answer. One more said so among those that came in a flood, on a later page.")]
    [InlineData(2, 6, "2 people in danger wait for an answer. 6 more said so among those that came in a flood, on a later page.")]
    public async Task More_are_counted_only_beside_some(int inDanger, int inFlood, string sentence)
    {
        Answer(inDanger, inFlood, null, Case(Plain, "ordinary"));

        Assert.Contains($"<p>{sentence}</p>", await Read("/casehandlers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_says_where_those_in_danger_among_the_flood_stand()
    {
        Answer("?cursor=behind", 0, 6, null, Case(Plain, "ordinary", parked: true));
        Answer("?cursor=closed", 0, 6, null, Case(Plain, "ordinary", status: "closed"));
        Answer("?cursor=before", 0, 6, null, Case(Plain, "ordinary", status: "answered"));
        Answer("?cursor=amid", 0, 6, null, [.. Flood(2)]);
        Answer("", 0, 6, null, [.. Flood(4)]);

        Assert.Contains("in a flood, on an earlier page.", await Read("/casehandlers?cursor=behind"), StringComparison.Ordinal);
        Assert.Contains("in a flood, on an earlier page.", await Read("/casehandlers?cursor=closed"), StringComparison.Ordinal);
        Assert.Contains("in a flood, on a later page.", await Read("/casehandlers?cursor=before"), StringComparison.Ordinal);
        Assert.Contains("in a flood, below and on the pages beside this one.", await Read("/casehandlers?cursor=amid"), StringComparison.Ordinal);
        Assert.Contains("in a flood, below and on the next page.", await Read("/casehandlers"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_the_list_that_is_not_there_leads_to_the_first_one()
    {
        Answer(0, 0, null);
        pages.Service.Answers[List + "?cursor=garbage"] = (HttpStatusCode.BadRequest, """{"detail":"This cursor is not one of ours."}""");

        var page = await Read("/casehandlers?cursor=garbage");

        Assert.Contains("There is no such page of the list. Go back to its first page.", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/casehandlers\">To the first page of the list</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Load this page again", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mai@office.example", "Kept. Mails go to mai@office.example from now on.")]
    [InlineData("", "No address is kept now: you get no mails.")]
    public async Task An_address_that_is_kept_is_said_to_be(string address, string sentence)
    {
        Answer(0, 0, null);
        pages.Service.Answers[Alerts] = (HttpStatusCode.NoContent, "");

        var page = await (await pages.Post("/casehandlers", "/casehandlers", ("address", address))).Content.ReadAsStringAsync();

        Assert.Contains($"<p class=\"notice good\" role=\"status\">{sentence}</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_is_refused_is_not_said_to_be_kept()
    {
        Answer(0, 0, null);
        pages.Service.Answers[Alerts] = (HttpStatusCode.BadRequest, "{}");

        var page = await (await pages.Post("/casehandlers", "/casehandlers", ("address", "nowhere"))).Content.ReadAsStringAsync();

        Assert.Contains("was not kept", page, StringComparison.Ordinal);
        Assert.DoesNotContain("notice good", page, StringComparison.Ordinal);
        Assert.Contains("value=\"nowhere\"", page, StringComparison.Ordinal);
    }

    private Task<string> Read(string path) => pages.Client.GetStringAsync(path);

    private void Answer(int inDanger, int inFlood, string? first, params string[] cases) => Answer("", inDanger, inFlood, first, cases);

    private void Answer(string query, int inDanger, int inFlood, string? first, params string[] cases)
    {
        pages.Service.Answers[Me] = (HttpStatusCode.OK, """{"id":"0195a000-0000-7000-8000-0000000000cc","intake":true,"alertAddress":null}""");
        pages.Service.Answers[List + query] = (HttpStatusCode.OK,
            $$"""{"items":[{{string.Join(',', cases)}}],"next":null,"inDanger":{{inDanger}},"inDangerInFlood":{{inFlood}},"overdue":0,"first":{{first ?? "null"}},"toPassOn":[]}""");
    }

    private static IEnumerable<string> Flood(int inDanger) => Enumerable.Range(0, inDanger).Select(_ => Case(Hidden, "danger", parked: true));

    private static string Case(Guid id, string severity, bool parked = false, string status = "received") =>
        $$"""{"id":"{{id}}","severity":"{{severity}}","language":"my","filedOn":"2026-11-25","nextClock":"2026-11-26","overdue":false,"status":"{{status}}","accusedNamed":false,"mailboxLocked":false,"parked":{{(parked ? "true" : "false")}}}""";
}
