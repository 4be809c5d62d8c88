using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Operators;

public sealed class MessagesPageTests : IAsyncLifetime
{
    private const string Letter = "0195a000-0000-7000-8000-0000000000d1";
    private const string Nothing = """{"items":[],"next":null,"open":0}""";
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync()
    {
        foreach (var service in new[] { "accreditation", "grievances", "register", "risk" }) pages.Service.Answers[$"GET /api/v1/{service}/dead-letters?once=true"] = (HttpStatusCode.OK, Nothing);
        foreach (var service in new[] { "accreditation", "grievances", "reports", "suppliers" })
            pages.Service.Answers[$"GET /api/v1/{service}/republish"] = (HttpStatusCode.OK, """{"begunAt":null,"doneAt":null,"published":0,"unsent":[]}""");
        return pages.InitializeAsync();
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task When_every_message_was_handled_the_page_says_so()
    {
        Assert.Contains("Every message was handled.", await Page(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_named_and_nothing_is_said_to_be_handled()
    {
        pages.Service.Answers["GET /api/v1/register/dead-letters?once=true"] = (HttpStatusCode.ServiceUnavailable, "");

        var page = await Page();

        Assert.Contains("The service for register does not answer now", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Every message was handled.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_sees_the_reason_and_sends_it_again()
    {
        Fails();
        pages.Service.Answers[$"POST /api/v1/risk/dead-letters/{Letter}/again"] = (HttpStatusCode.NoContent, "");

        var page = await Page();
        var sent = await pages.Post("/operators/messages", "/operators/messages?handler=Again", ("service", "risk"), ("letter", Letter));

        Assert.Contains("Rescore when site changed", page, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException: It stumbled.", page, StringComparison.Ordinal);
        Assert.Contains("2026-11-20 08:15 UTC", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal($"POST /api/v1/risk/dead-letters/{Letter}/again", Assert.Single(pages.Service.Calls).Call);
    }

    [Theory]
    [InlineData("""{"handled":12,"notHandled":0,"left":0}""", "Sent again and done: 12.")]
    [InlineData("""{"handled":12,"notHandled":0,"left":3}""", "Not tried yet: 3. Send all again once more.")]
    [InlineData("""{"handled":1,"notHandled":2,"left":0}""", "Not handled this time either: 2; they say why below. Handled: 1.")]
    public async Task All_of_a_service_are_sent_again_by_one_button_and_the_page_says_what_came_of_it(string answer, string said)
    {
        pages.Service.Answers["GET /api/v1/risk/dead-letters?once=true"] = (HttpStatusCode.OK, $$"""{"items":[{{Failed(Letter)}},{{Failed("0195a000-0000-7000-8000-0000000000d2")}}],"next":null,"open":2}""");
        pages.Service.Answers["POST /api/v1/risk/dead-letters/again"] = (HttpStatusCode.OK, answer);

        Assert.Contains("Send all messages of risk again", await Page(), StringComparison.Ordinal);
        var sent = await pages.Post("/operators/messages", "/operators/messages?handler=AllAgain", ("service", "risk"));

        Assert.Contains(said, sent.StatusCode == HttpStatusCode.Redirect ? await Page() : await sent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_that_failed_alike_are_set_aside_together()
    {
        pages.Service.Answers["GET /api/v1/risk/dead-letters?once=true"] = (HttpStatusCode.OK,
            $$"""{"items":[{{Failed(Letter, 1200)}}],"next":"0195a000-0000-7000-8000-0000000000d2","open":1203}""");
        pages.Service.Answers[$"POST /api/v1/risk/dead-letters/{Letter}/aside"] = (HttpStatusCode.NoContent, "");

        var page = await Page();
        var sent = await pages.Post("/operators/messages", "/operators/messages?handler=Aside", ("service", "risk"), ("letter", Letter), ("alike", "1200"), ("cause", "InvalidOperationException: It stumbled."), ("why", "a test of ours"));

        Assert.Contains("Set all 1,200 aside", page, StringComparison.Ordinal);
        Assert.Contains("1,203 of this service are not handled, and these are the first kinds", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Contains("\"alike\":1200,\"reason\":\"InvalidOperationException: It stumbled.\"", Assert.Single(pages.Service.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_set_aside_is_read_with_its_reason()
    {
        pages.Service.Answers["GET /api/v1/risk/dead-letters?closed=true"] = (HttpStatusCode.OK,
            $$"""{"items":[{{Failed(Letter)[..^1]}},"closedAt":"2026-11-21T09:00:00Z","outcome":"set_aside","why":"Sent by a rehearsal.","closedBy":"x"}],"next":null,"open":1}""");
        foreach (var service in new[] { "accreditation", "grievances", "register" }) pages.Service.Answers[$"GET /api/v1/{service}/dead-letters?closed=true"] = (HttpStatusCode.OK, Nothing);

        var page = await pages.Client.GetStringAsync(new Uri("/operators/messages?done=true", UriKind.Relative));

        Assert.Contains("Set aside: Sent by a rehearsal.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Set message", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Tell everything again", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_is_asked_to_tell_everything_again_and_the_page_says_how_far_it_is()
    {
        pages.Service.Answers["POST /api/v1/suppliers/republish"] = (HttpStatusCode.Accepted, "");
        pages.Service.Answers["GET /api/v1/reports/republish"] = (HttpStatusCode.OK, """{"begunAt":"2026-11-20T08:15:00Z","doneAt":null,"published":1500,"unsent":[]}""");
        pages.Service.Answers["GET /api/v1/grievances/republish"] = (HttpStatusCode.ServiceUnavailable, "");

        var page = await Page();
        var sent = await pages.Post("/operators/messages", "/operators/messages?handler=Republish", ("service", "suppliers"));
        var unknown = await pages.Post("/operators/messages", "/operators/messages?handler=Republish", ("service", "risk"));

        Assert.Contains("Under way since 2026-11-20 08:15 UTC: 1,500 so far.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Tell again: reports", page, StringComparison.Ordinal);
        Assert.Contains("Begin anew: reports", page, StringComparison.Ordinal);
        Assert.Contains("Does not answer now.", page, StringComparison.Ordinal);
        Assert.Contains("Tell again: suppliers", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("POST /api/v1/suppliers/republish", Assert.Single(pages.Service.Calls).Call);
    }

    [Fact]
    public async Task What_could_not_be_sent_is_seen_and_whether_this_release_knows_it()
    {
        pages.Service.Answers["GET /api/v1/suppliers/republish"] = (HttpStatusCode.OK,
            """{"begunAt":null,"doneAt":null,"published":0,"unsent":[{"type":"Recruitment.Contracts.Suppliers.InventedNextYear","known":false,"count":1200,"since":"2026-11-20T08:15:00Z"}]}""");

        var page = await Page();

        Assert.Contains("Invented next year: this release does not know it.", page, StringComparison.Ordinal);
        Assert.Contains("1,200", page, StringComparison.Ordinal);
        Assert.Contains("2026-11-20 08:15 UTC", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Every message was handled.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_told_and_what_was_typed_stays()
    {
        Fails();
        pages.Service.Answers[$"POST /api/v1/risk/dead-letters/{Letter}/aside"] = (HttpStatusCode.Conflict, """{"type":"urn:recruitment:closed-already","detail":"Somebody sent it again or set it aside meanwhile."}""");

        var refused = await (await pages.Post("/operators/messages", "/operators/messages?handler=Aside", ("service", "risk"), ("letter", Letter), ("why", "a test of ours"))).Content.ReadAsStringAsync();

        Assert.Contains("Somebody sent it again or set it aside meanwhile.", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"a test of ours\"", refused, StringComparison.Ordinal);
        Assert.Contains("\"why\":\"a test of ours\"", Assert.Single(pages.Service.Calls).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_there_is_not_is_not_asked()
    {
        Fails();

        var answer = await pages.Post("/operators/messages", "/operators/messages?handler=Again", ("service", "../identity"), ("letter", Letter));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Empty(pages.Service.Calls);
    }

    private Task<string> Page() => pages.Client.GetStringAsync(new Uri("/operators/messages", UriKind.Relative));

    private void Fails() => pages.Service.Answers["GET /api/v1/risk/dead-letters?once=true"] = (HttpStatusCode.OK, $$"""{"items":[{{Failed(Letter)}}],"next":null,"open":1}""");

    private static string Failed(string id, int alike = 1) => $$"""
        {"id":"{{id}}","messageId":"{{id}}","consumer":"Recruitment.Risk.Sites.RescoreWhenSiteChanged","reason":"InvalidOperationException: It stumbled.","alike":{{alike}},"failedAt":"2026-11-20T08:15:00Z","unread":false,"whole":true}
        """.Trim();
}
