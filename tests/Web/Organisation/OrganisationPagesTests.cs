using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Organisation;

/// <summary>What an owner sees and does, in both languages.</summary>
public sealed class OrganisationPagesTests : IAsyncLifetime
{
    private const string At = "/api/v1/identity/organisations/00000000-0000-0000-0000-000000000000";
    private const string Person = "0195a000-0000-7000-8000-0000000000c1";
    private const string Membership = "0195a000-0000-7000-8000-0000000000c2";
    private const string Ended = "0195a000-0000-7000-8000-0000000000c3";
    private const string Review = "0195a000-0000-7000-8000-0000000000c4";
    private const string Nothing = """{"items":[],"next":null}""";
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync()
    {
        pages.ReaderRoles = ["supplier_user", "owner"];
        pages.Service.Answers[$"GET {At}"] = (HttpStatusCode.OK, Standing());
        pages.Service.Answers[$"GET {At}/people"] = (HttpStatusCode.OK, $$"""
            {"items":[{"id":"{{Person}}","email":"somchai@rung-fah.example","roles":[{"membershipId":"{{Membership}}","name":"supplier_user","from":"2026-01-01","to":null,"isOpen":true},
             {"membershipId":"{{Ended}}","name":"owner","from":"2026-01-01","to":"2026-02-01","isOpen":false}]}],"next":null}
            """);
        pages.Service.Answers[$"GET {At}/invitations"] = (HttpStatusCode.OK, Nothing);
        pages.Service.Answers["GET /api/v1/identity/transfers"] = (HttpStatusCode.OK, Nothing);
        return pages.InitializeAsync();
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("/organisation", "Who belongs to it", "supplier user", "There are none.")]
    [InlineData("/th/organisation", "สมาชิกขององค์กร", "ผู้ใช้ของผู้ผลิต", "ลิงก์ที่ยังไม่มีใครใช้")]
    public async Task The_page_is_there_in_the_language_of_its_address(string address, params string[] said)
    {
        var page = await pages.Client.GetStringAsync(address);

        Assert.All(said, words => Assert.Contains(words, WebUtility.HtmlDecode(page), StringComparison.Ordinal));
        Assert.Contains("somchai@rung-fah.example", page, StringComparison.Ordinal);
        Assert.DoesNotContain("people.", page, StringComparison.Ordinal); // a key without a wording
    }

    [Fact]
    public async Task The_link_is_shown_once_with_the_key_of_its_form_and_the_next_form_has_another()
    {
        pages.Service.Answers[$"POST {At}/invitations"] = (HttpStatusCode.Created, """{"id":"0195a000-0000-7000-8000-0000000000d1","link":"/identity/join?token=abc","expiresAt":"2026-12-01T00:00:00Z"}""");

        var made = await (await pages.Post("/organisation", "/organisation?handler=Invite", ("Role", "supplier_user"), ("Email", "new@rung-fah.example"), ("Until", "2026-12-01"), ("Once.Key", new string('A', 32)))).Content.ReadAsStringAsync();

        Assert.Contains("/identity/join?token=abc", made, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('A', 32), made, StringComparison.Ordinal);
        Assert.Equal(new string('A', 32), pages.Service.Guards.Single(g => g.Call.EndsWith("/invitations", StringComparison.Ordinal)).Key);
        Assert.Contains("\"until\":\"2026-12-01\"", pages.Service.Calls.Single().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("token=abc", await pages.Client.GetStringAsync("/organisation"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("owner", "", "", "role-wrong")]
    [InlineData("supplier_user", "no address", "", "email-wrong")]
    [InlineData("supplier_user", "", "tomorrow", "until-wrong")]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_is_sent(string role, string email, string until, string at)
    {
        var page = await (await pages.Post("/organisation", "/organisation?handler=Invite", ("Role", role), ("Email", email), ("Until", until))).Content.ReadAsStringAsync();

        Assert.Contains($"id=\"{at}\" role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "aria-invalid=\"true\""));
        Assert.Empty(pages.Service.Calls);
    }

    [Theory]
    [InlineData("/organisation", "Nobody else owns this organisation")]
    [InlineData("/th/organisation", "ไม่มีเจ้าของคนอื่น")]
    public async Task A_refusal_is_told_in_the_language_of_the_page(string address, string said)
    {
        pages.Service.Answers[$"POST {At}/people/{Person}/departure"] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:last-owner","detail":"In English."}""");

        var page = await (await pages.Post(address, $"{address}?handler=Depart", ("person", Person))).Content.ReadAsStringAsync();

        Assert.Contains(said, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("End", "POST {0}/people/{1}/roles/{2}/end", Membership)]
    [InlineData("Again", "POST {0}/people/{1}/roles/{2}/again", Ended)]
    [InlineData("Owner", "POST {0}/people/{1}/roles", Membership)]
    [InlineData("Depart", "POST {0}/people/{1}/departure", Membership)]
    public async Task Each_button_does_its_thing_and_leads_back_to_the_page_in_its_language(string handler, string call, string membership)
    {
        var answer = await pages.Post("/th/organisation", $"/th/organisation?handler={handler}", ("person", Person), ("membership", membership));

        Assert.Equal("/th/organisation", answer.Headers.Location!.ToString());
        Assert.Equal(string.Format(null, call, At, Person, membership), Assert.Single(pages.Service.Calls).Call);
    }

    [Fact]
    public async Task An_open_review_is_announced_and_each_line_that_is_hers_to_decide_has_two_buttons()
    {
        pages.Service.Answers[$"GET {At}"] = (HttpStatusCode.OK, Standing($"\"{Review}\"", "\"2026-12-24\""));
        pages.Service.Answers[$"GET {At}/reviews"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Review}}","openedOn":"2026-11-24","dueOn":"2026-12-24","closedAt":null}],"next":null}""");
        pages.Service.Answers[$"GET {At}/reviews/{Review}"] = (HttpStatusCode.OK, $$"""
            {"id":"{{Review}}","openedOn":"2026-11-24","dueOn":"2026-12-24","closedAt":null,"lines":[
             {"id":"{{Membership}}","who":"kanya@rung-fah.example","isProgram":false,"role":"supplier_user","decision":null,"decidedBy":"","decidedAt":null,"mayDecide":true},
             {"id":"{{Ended}}","who":"somchai@rung-fah.example","isProgram":false,"role":"owner","decision":null,"decidedBy":"","decidedAt":null,"mayDecide":false}]}
            """);
        Assert.Contains("due by 2026-12-24", await pages.Client.GetStringAsync("/organisation"), StringComparison.Ordinal);

        var page = await pages.Client.GetStringAsync("/organisation/review");
        Assert.Contains("Keep: kanya@rung-fah.example, supplier user", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Keep: somchai", page, StringComparison.Ordinal);
        Assert.Contains("Another owner decides this.", page, StringComparison.Ordinal);
        await pages.Post("/organisation/review", "/organisation/review?handler=End", ("id", Review), ("line", Membership));

        Assert.Equal(($"POST {At}/reviews/{Review}/lines/{Membership}", """{"decision":"end"}"""), Assert.Single(pages.Service.Calls));
    }

    [Theory]
    [InlineData("", "Made by somebody who has left")]
    [InlineData("/th", "สร้างโดยผู้ที่ออกจากองค์กรไปแล้ว")]
    public async Task A_program_whose_maker_has_left_is_marked_where_programs_are_listed_and_where_they_are_reviewed(string language, string mark)
    {
        pages.Service.Answers["GET /api/v1/identity/clients"] = (HttpStatusCode.OK, $$"""{"items":[{{Program("kept", "false")}},{{Program("left", "true")}}],"next":null}""");
        pages.Service.Answers[$"GET {At}"] = (HttpStatusCode.OK, Standing($"\"{Review}\"", "\"2026-12-24\""));
        pages.Service.Answers[$"GET {At}/reviews"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Review}}","openedOn":"2026-11-24","dueOn":"2026-12-24","closedAt":null}],"next":null}""");
        pages.Service.Answers[$"GET {At}/reviews/{Review}"] = (HttpStatusCode.OK, $$"""
            {"id":"{{Review}}","openedOn":"2026-11-24","dueOn":"2026-12-24","closedAt":null,"lines":[
             {"id":"{{Membership}}","who":"client-kept","isProgram":true,"role":"supplier_user","decision":null,"decidedBy":"","decidedAt":null,"mayDecide":true,"makerHasLeft":false},
             {"id":"{{Ended}}","who":"client-left","isProgram":true,"role":"supplier_user","decision":null,"decidedBy":"","decidedAt":null,"mayDecide":true,"makerHasLeft":true}]}
            """);

        foreach (var page in new[] { "/organisation/programs", "/organisation/review" })
        {
            var rows = WebUtility.HtmlDecode(await pages.Client.GetStringAsync(language + page)).Split("<tr>").Where(r => r.Contains("scope=\"row\"", StringComparison.Ordinal)).ToList();
            Assert.Contains(mark, Assert.Single(rows, r => r.Contains("left", StringComparison.Ordinal) && !r.Contains("kept", StringComparison.Ordinal)), StringComparison.Ordinal);
            Assert.DoesNotContain(mark, Assert.Single(rows, r => r.Contains("kept", StringComparison.Ordinal)), StringComparison.Ordinal);
        }

        static string Program(string name, string left) =>
            $$"""{"clientId":"client-{{name}}","version":1,"partyId":"00000000-0000-0000-0000-000000000000","name":"{{name}}","role":"supplier_user","scopes":["api"],"expiresAt":"2027-01-01T00:00:00Z","lastUsedOn":null,"endedAt":null,"makerHasLeft":{{left}}}""";
    }

    [Fact]
    public async Task Whoever_was_offered_the_organisation_accepts_it_on_a_page_of_her_own()
    {
        pages.Service.Answers["GET /api/v1/identity/transfers"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Review}}","partyId":"{{Person}}","isMine":false,"other":"somchai@rung-fah.example","giver":"leaves","expiresAt":"2026-12-01T00:00:00Z"}],"next":null}""");
        Assert.Contains("The person would leave the organisation.", await pages.Client.GetStringAsync("/ownership"), StringComparison.Ordinal);

        await pages.Post("/ownership", "/ownership?handler=Accept", ("id", Review));

        Assert.Equal(($"POST /api/v1/identity/transfers/{Review}/answer", """{"answer":"accept"}"""), Assert.Single(pages.Service.Calls));
    }

    private static string Standing(string review = "null", string due = "null") =>
        $$"""{"partyId":"{{Person}}","kind":"supplier","claim":"pending","roles":["supplier_user","owner"],"owners":1,"people":1,"reviewId":{{review}},"reviewDueOn":{{due}}}""";
}
