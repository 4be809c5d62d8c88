using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Operators;

public sealed class PeoplePageTests : IAsyncLifetime
{
    private const string People = "GET /api/v1/identity/people";
    private const string Person = "0195a000-0000-7000-8000-0000000000c1";
    private const string Membership = "0195a000-0000-7000-8000-0000000000c2";
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task An_administrator_ends_a_role_on_the_page()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page());

        var ended = await pages.Post("/operators", "/operators?handler=End", ("person", Person), ("membership", Membership));

        Assert.Equal(HttpStatusCode.Redirect, ended.StatusCode);
        Assert.Equal($"POST /api/v1/identity/people/{Person}/memberships/{Membership}/end", Assert.Single(pages.Service.Calls).Call);
    }

    [Fact]
    public async Task A_role_that_has_ended_shows_when_and_no_button()
    {
        pages.Service.Answers[People] = (HttpStatusCode.OK, Page(to: "\"2026-11-20\""));

        var page = await pages.Client.GetStringAsync("/operators");

        Assert.Contains("2026-11-20", page, StringComparison.Ordinal);
        Assert.DoesNotContain("End the role", page, StringComparison.Ordinal);
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

    private static string Page(string to = "null", string next = "null") => $$"""
        {"items":[{"id":"{{Person}}","email":"noi@open-hand.example","roles":[
          {"membershipId":"{{Membership}}","partyId":"0195a000-0000-7000-8000-0000000000c3","kind":"operator","name":"case_handler","from":"2026-11-01","to":{{to}}}]}],"next":{{next}}}
        """;
}
