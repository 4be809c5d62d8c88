using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Operators;

public sealed class PeoplePageTests : IAsyncLifetime
{
    private const string People = "GET /api/v1/identity/people";
    private const string Readers = "GET /api/v1/grievances/readers";
    private const string Person = "0195a000-0000-7000-8000-0000000000c1";
    private const string Membership = "0195a000-0000-7000-8000-0000000000c2";
    private const string Party = "0195a000-0000-7000-8000-0000000000c3";
    private const string Mill = "0195a000-0000-7000-8000-0000000000c4";
    private const string Parties = "GET /api/v1/suppliers/parties?";
    private const string OpenHand = $$"""{"id":"{{Party}}","kind":"operator","name":"Open Hand Desk","country":"THA"}""";
    private const string HeronMill = $$"""{"id":"{{Mill}}","kind":"supplier","name":"Umber Heron Mill","country":"THA"}""";
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync()
    {
        pages.Service.Answers[Readers] = (HttpStatusCode.OK, """{"items":[],"next":null}""");
        pages.Service.Answers[$"{Parties}ids={Party}"] = (HttpStatusCode.OK, $$"""{"items":[{{OpenHand}}],"next":null}""");
        pages.Service.Answers[$"{Parties}ids={Party}&ids={Mill}"] = (HttpStatusCode.OK, $$"""{"items":[{{OpenHand}},{{HeronMill}}],"next":null}""");
        pages.Service.Answers[$"{Parties}query=heron"] = (HttpStatusCode.OK, $$"""{"items":[{{HeronMill}}],"next":null}""");
        return pages.InitializeAsync();
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task A_page_that_the_list_does_not_have_is_the_first()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());
        pages.Service.Answers[$"{People}?cursor={Mill}"] = (HttpStatusCode.BadRequest, """{"type":"urn:recruitment:unknown-cursor"}""");

        using var page = await pages.Client.GetAsync(new Uri($"/operators?cursor={Mill}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task An_administrator_ends_a_role_on_the_page()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());

        var ended = await pages.Post("/operators", "/operators?handler=End", ("person", Person), ("membership", Membership));

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal($"POST /api/v1/identity/people/{Person}/memberships/{Membership}/end", Assert.Single(pages.Service.Calls).Call);
    }

    [Theory]
    [InlineData(true, true, "cases that nobody else can open", "intake closes")]
    [InlineData(false, true, "intake closes", "cases that nobody else can open")]
    [InlineData(true, false, "cases that nobody else can open", "intake closes")]
    public async Task Before_a_reader_whom_cases_need_is_taken_off_it_is_said_and_only_a_second_yes_ends_her_role(bool holdsAlone, bool lastOnDuty, string said, string other)
    {
        const string gone = "0195a000-0000-7000-8000-0000000000c5";
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());
        pages.Service.Answers[Readers] = (HttpStatusCode.OK, $$"""
            {"items":[{"id":"{{Party}}","subject":"{{Person}}","intake":true,"hasLeft":false,"holdsAlone":{{(holdsAlone ? "true" : "false")}}},
             {"id":"{{Mill}}","subject":"{{gone}}","intake":true,"hasLeft":{{(lastOnDuty ? "true" : "false")}},"holdsAlone":false}],"next":null}
            """);

        var asked = await (await pages.Post("/operators", "/operators?handler=End", ("person", Person), ("membership", Membership))).Content.ReadAsStringAsync();

        Assert.Contains(said, asked, StringComparison.Ordinal);
        Assert.Equal(holdsAlone && lastOnDuty, asked.Contains(other, StringComparison.Ordinal));
        Assert.Empty(pages.Service.Calls);

        var ended = await pages.Post("/operators", "/operators?handler=End", ("person", Person), ("membership", Membership), ("sure", "true"));
        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal($"POST /api/v1/identity/people/{Person}/memberships/{Membership}/end", Assert.Single(pages.Service.Calls).Call);
    }

    [Fact]
    public async Task A_role_that_reads_no_cases_ends_at_once_and_one_that_does_after_a_second_yes_when_the_cases_cannot_be_asked()
    {
        pages.Service.Answers[Readers] = (HttpStatusCode.ServiceUnavailable, "");
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page().Replace("case_handler", "scheme_manager", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, (await pages.Post("/operators", "/operators?handler=End", ("person", Person), ("membership", Membership))).StatusCode);

        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());
        var asked = await pages.Post("/operators", "/operators?handler=End", ("person", Person), ("membership", Membership));
        Assert.Contains("does not answer", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(pages.Service.Calls);
    }

    [Fact]
    public async Task A_role_that_has_ended_shows_when_and_can_be_given_back_to_the_same_account()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page(to: "\"2026-11-20\""));
        var page = await pages.Client.GetStringAsync("/operators");
        Assert.Contains("2026-11-20", page, StringComparison.Ordinal);
        Assert.DoesNotContain("End the role", page, StringComparison.Ordinal);
        Assert.Contains("Give the role case handler back to noi@open-hand.example", page, StringComparison.Ordinal);

        var given = await pages.Post("/operators", "/operators?handler=GiveBack", ("person", Person), ("membership", Membership));

        Assert.Equal(HttpStatusCode.Redirect, given.StatusCode);
        Assert.Equal($"POST /api/v1/identity/people/{Person}/memberships/{Membership}/again", Assert.Single(pages.Service.Calls).Call);
    }

    [Fact]
    public async Task A_role_that_was_given_back_is_not_offered_again_and_a_refusal_is_told()
    {
        const string Again = ""","to":"2026-11-20"},{"membershipId":"0195a000-0000-7000-8000-0000000000c6","partyId":"0195a000-0000-7000-8000-0000000000c3","kind":"operator","name":"case_handler","from":"2026-11-21","to":null}]""";
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page().Replace(""","to":null}]""", Again, StringComparison.Ordinal));
        var page = await pages.Client.GetStringAsync("/operators");
        Assert.Contains("End the role case handler of noi", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Give the role", page, StringComparison.Ordinal);

        pages.Service.Answers[$"POST /api/v1/identity/people/{Person}/memberships/{Membership}/again"] =
            (HttpStatusCode.Conflict, """{"type":"urn:recruitment:kind-not-its-own","detail":"This organisation is a brand and gives the roles of one."}""");
        var refused = await pages.Post("/operators", "/operators?handler=GiveBack", ("person", Person), ("membership", Membership));
        Assert.Contains("is a brand and gives the roles of one", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_in_the_sentence_of_the_service()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());
        pages.Service.Answers[$"POST /api/v1/identity/people/{Person}/memberships/{Membership}/end"] =
            (HttpStatusCode.Conflict, """{"type":"urn:recruitment:last-administrator","detail":"Nobody else is administrator. Invite another one first."}""");

        var answer = await pages.Post("/operators", "/operators?handler=End", ("person", Person), ("membership", Membership));

        Assert.Contains("Nobody else is administrator", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_goes_on_on_the_next_page()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page(next: $"\"{Person}\""));

        var page = await pages.Client.GetStringAsync("/operators");

        Assert.Contains($"cursor={Person}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organisations_are_shown_and_found_by_name()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());

        var page = await pages.Client.GetStringAsync("/operators?find=heron");

        Assert.Contains("Open Hand Desk, operator", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/operators?party={Mill}#invite\">Umber Heron Mill</a>, supplier, Thailand", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_organisations_than_a_page_holds_are_reached_from_page_to_page()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());
        pages.Service.Answers[$"{Parties}query=umber"] = (HttpStatusCode.OK, $$"""{"items":[{{HeronMill}}],"next":25}""");
        pages.Service.Answers[$"{Parties}query=umber&cursor=25"] = (HttpStatusCode.OK, """{"items":[],"next":50}""");

        var first = await pages.Client.GetStringAsync("/operators?find=umber");
        var second = await pages.Client.GetStringAsync("/operators?find=umber&after=25");

        Assert.Contains("/operators?find=umber&amp;after=25#invite\" rel=\"next\"", first, StringComparison.Ordinal);
        Assert.Contains("/operators?find=umber&amp;after=50#invite\" rel=\"next\"", second, StringComparison.Ordinal);
        Assert.DoesNotContain("No organisation has this", second, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/operators", "Register an organisation")]
    [InlineData("/operators?find=zz", "Register it first")]
    public async Task An_organisation_that_is_not_here_yet_can_be_registered(string address, string words)
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());
        pages.Service.Answers[$"{Parties}query=zz"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");

        var page = await pages.Client.GetStringAsync(address);

        Assert.Contains($"<a href=\"/operators/register\">{words}</a>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_is_invited_into_the_organisation_that_was_chosen_by_name()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());
        pages.Service.Answers["POST /api/v1/identity/invitations"] = (HttpStatusCode.Created, """{"link":"/identity/join?token=abc","expiresAt":"2026-12-01T00:00:00Z"}""");

        var form = await pages.Client.GetStringAsync($"/operators?party={Mill}");
        var made = await pages.Post($"/operators?party={Mill}", "/operators", ("party", Mill), ("role", "supplier_user"));

        Assert.Contains("Role in Umber Heron Mill", form, StringComparison.Ordinal);
        Assert.DoesNotContain("case_handler\"", form, StringComparison.Ordinal); // a role of another kind of organisation
        Assert.Contains("/identity/join?token=abc", await made.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var (_, body) = Assert.Single(pages.Service.Calls);
        Assert.Contains(Mill, body, StringComparison.Ordinal);
        Assert.Contains("\"kind\":\"supplier\",\"role\":\"supplier_user\"", body, StringComparison.Ordinal);
    }

    private static string Page(string to = "null", string next = "null") => $$"""
        {"items":[{"id":"{{Person}}","email":"noi@open-hand.example","roles":[
          {"membershipId":"{{Membership}}","partyId":"{{Party}}","kind":"operator","name":"case_handler","from":"2026-11-01","to":{{to}}}]}],"next":{{next}}}
        """;
}
