using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Operators;

public sealed class OversightPagesTests : IAsyncLifetime
{
    private const string Request = "0195a000-0000-7000-8000-0000000000d1";
    private const string Party = "0195a000-0000-7000-8000-0000000000d2";
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync()
    {
        pages.Service.Answers["GET /api/v1/identity/overdue-reviews"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Request}}","partyId":"{{Party}}","dueOn":"2026-11-20"}],"next":null}""");
        pages.Service.Answers["GET /api/v1/identity/claims"] = (HttpStatusCode.OK, $$"""
            {"items":[{"partyId":"{{Party}}","kind":"supplier","state":"pending","people":["new@heron-mill.example"],"since":"2026-11-01","basis":"","note":"","decidedOn":null,"version":3}],"next":null}
            """);
        pages.Service.Answers[$"GET /api/v1/suppliers/parties?ids={Party}"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Party}}","kind":"supplier","name":"Umber Heron Mill","country":"THA"}],"next":null}""");
        return pages.InitializeAsync();
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task The_only_administrator_is_told_what_he_may_do_alone_and_two_are_not()
    {
        Waiting(isAlone: true, "[]");
        Assert.Contains("You are the only administrator.", await pages.Client.GetStringAsync("/operators/rolerequests"), StringComparison.Ordinal);

        Waiting(isAlone: false, "[]");
        var page = await pages.Client.GetStringAsync("/operators/rolerequests");
        Assert.DoesNotContain("You are the only administrator.", page, StringComparison.Ordinal);
        Assert.Contains("Nothing waits.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_who_may_decide_has_buttons_and_only_who_asked_takes_the_link()
    {
        Waiting(isAlone: false, Line("open", mayDecide: false, mayTakeLink: false));
        Assert.Contains("Waits for another administrator", await pages.Client.GetStringAsync("/operators/rolerequests"), StringComparison.Ordinal);

        Waiting(isAlone: false, Line("open", mayDecide: true, mayTakeLink: false));
        Assert.Contains("Agree: case handler for yuri@open-hand.example", await pages.Client.GetStringAsync("/operators/rolerequests"), StringComparison.Ordinal);
        await pages.Post("/operators/rolerequests", "/operators/rolerequests?handler=Decide", ("request", Request), ("agree", "true"));
        Assert.Equal(($"POST /api/v1/identity/role-requests/{Request}/decision", """{"agree":true}"""), Assert.Single(pages.Service.Calls));

        Waiting(isAlone: false, Line("agreed", mayDecide: false, mayTakeLink: true));
        pages.Service.Answers[$"POST /api/v1/identity/role-requests/{Request}/link"] = (HttpStatusCode.Created, """{"link":"/identity/join?token=abc","expiresAt":"2026-12-01T00:00:00Z"}""");
        Assert.Contains("token=abc", await (await pages.Post("/operators/rolerequests", "/operators/rolerequests?handler=Link", ("request", Request))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_address_is_said_beside_its_field_and_nothing_is_asked()
    {
        Waiting(isAlone: false, "[]");

        var page = await (await pages.Post("/operators/rolerequests", "/operators/rolerequests", ("Role", "case_handler"), ("Email", "yuri"))).Content.ReadAsStringAsync();

        Assert.Contains("id=\"email-wrong\" role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);
    }

    [Fact]
    public async Task A_claim_is_verified_on_a_basis_from_the_version_that_was_read_and_late_reviews_are_named()
    {
        var page = await pages.Client.GetStringAsync("/operators/claims");
        Assert.Contains("Umber Heron Mill, due by 2026-11-20", page, StringComparison.Ordinal);
        Assert.Contains("new@heron-mill.example", page, StringComparison.Ordinal);
        var without = await (await pages.Post("/operators/claims", "/operators/claims", ("party", Party), ("act", "verify"), ("Once.Version", "3"))).Content.ReadAsStringAsync();
        Assert.Contains("Choose on what basis you decide.", without, StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);

        await pages.Post("/operators/claims", "/operators/claims", ("party", Party), ("act", "verify"), ("basis", "met_on_site"), ("Once.Version", "3"));

        Assert.Equal("\"3\"", Assert.Single(pages.Service.Guards, g => g.Call.StartsWith("POST", StringComparison.Ordinal)).IfMatch);
        Assert.Contains("\"outcome\":\"verified\",\"basis\":\"met_on_site\"", Assert.Single(pages.Service.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recovery_is_approved_or_refused_from_the_version_that_was_read_and_a_refusal_is_told()
    {
        pages.Service.Answers["GET /api/v1/identity/recoveries"] = (HttpStatusCode.OK, $$"""
            {"items":[{"id":"{{Request}}","personId":"{{Party}}","email":"yuri@open-hand.example","askedAt":"2026-11-28T10:00:00Z","readyAt":"2026-11-29T10:00:00Z","approvals":1,"isOpen":true,"endedBecause":null,"version":2},
             {"id":"{{Party}}","personId":"{{Party}}","email":"old@open-hand.example","askedAt":"2026-11-01T10:00:00Z","readyAt":"2026-11-02T10:00:00Z","approvals":0,"isOpen":false,"endedBecause":"not-me","version":2}],"next":null}
            """);
        var page = await pages.Client.GetStringAsync("/operators/recoveries");
        Assert.Contains("Asked 2026-11-28. One of two has approved it. It opens nothing before 2026-11-29 10:00 UTC.", page, StringComparison.Ordinal);
        Assert.Contains("the owner says that somebody else asked", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Refuse: old@open-hand.example", page, StringComparison.Ordinal);

        pages.Service.Answers[$"POST /api/v1/identity/recoveries/{Request}/approve"] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:approved-already","detail":"You have approved it. The second approval is another administrator's."}""");
        var refused = await (await pages.Post("/operators/recoveries", "/operators/recoveries", ("recovery", Request), ("act", "approve"), ("Once.Version", "2"))).Content.ReadAsStringAsync();
        Assert.Contains("You have approved it.", refused, StringComparison.Ordinal);
        await pages.Post("/operators/recoveries", "/operators/recoveries", ("recovery", Request), ("act", "refuse"), ("Once.Version", "2"));

        Assert.All(pages.Service.Guards.Where(g => g.Call.StartsWith("POST", StringComparison.Ordinal)), g => Assert.Equal("\"2\"", g.IfMatch));
        Assert.Equal($"POST /api/v1/identity/recoveries/{Request}/refusal", pages.Service.Calls[^1].Call);
    }

    private void Waiting(bool isAlone, string items) =>
        pages.Service.Answers["GET /api/v1/identity/role-requests"] = (HttpStatusCode.OK, $$"""{"isAlone":{{(isAlone ? "true" : "false")}},"items":{{items}},"next":null}""");

    private static string Line(string state, bool mayDecide, bool mayTakeLink) => $$"""
        [{"id":"{{Request}}","role":"case_handler","for":"yuri@open-hand.example","askedBy":"admin@open-hand.example","state":"{{state}}","expiresAt":"2026-12-01T00:00:00Z","mayDecide":{{(mayDecide ? "true" : "false")}},"mayTakeLink":{{(mayTakeLink ? "true" : "false")}}}]
        """;
}
