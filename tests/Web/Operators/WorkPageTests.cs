using System.Net;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Operators;

public sealed class WorkPageTests : IAsyncLifetime
{
    private const string Stuck = "0195a000-0000-7000-8000-0000000000d2";
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync()
    {
        foreach (var service in new[] { "accreditation", "grievances", "identity", "register", "risk", "suppliers" })
            pages.Service.Answers[$"GET /api/v1/{service}/stuck-work"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");
        pages.Service.Answers["GET /api/v1/grievances/mails"] = (HttpStatusCode.OK, """{"waiting":0,"items":[],"next":null}""");
        pages.Service.Answers["GET /api/v1/identity/mails"] = (HttpStatusCode.OK, """{"waiting":0,"items":[],"next":null}""");
        foreach (var service in new[] { "accreditation", "grievances" }) pages.Service.Answers[$"GET /api/v1/{service}/calendar"] = (HttpStatusCode.OK, Calendar(recheckIsOver: false));
        return pages.InitializeAsync();
    }

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task When_nothing_keeps_failing_and_no_mail_waits_the_page_says_so()
    {
        var page = await Page();

        Assert.Contains("Nothing keeps failing.", page, StringComparison.Ordinal);
        Assert.Contains("Grievances: no mail waits.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_is_named_and_nothing_is_said_to_be_done()
    {
        pages.Service.Answers["GET /api/v1/risk/stuck-work"] = (HttpStatusCode.ServiceUnavailable, "");
        pages.Service.Answers["GET /api/v1/grievances/mails"] = (HttpStatusCode.ServiceUnavailable, "");

        var page = await Page();

        Assert.Contains("The service for risk does not answer now", page, StringComparison.Ordinal);
        Assert.Contains("how its mails stand", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing keeps failing.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_sees_what_keeps_failing_and_has_it_tried_again_at_once()
    {
        pages.Service.Answers["GET /api/v1/risk/stuck-work"] = (HttpStatusCode.OK, $$"""
            {"items":[{"id":"{{Stuck}}","kind":"open-edition","dueAt":"2026-11-20T00:00:00Z","attempts":7,"problem":"IOException","nextTryAt":"2026-11-20T08:15:00Z"}],"next":null}
            """);
        pages.Service.Answers[$"POST /api/v1/risk/stuck-work/{Stuck}/again"] = (HttpStatusCode.NoContent, "");

        var page = await Page();
        var tried = await pages.Post("/operators/work", "/operators/work?handler=Again", ("service", "risk"), ("id", Stuck));
        var unknown = await pages.Post("/operators/work", "/operators/work?handler=Again", ("service", "../identity"), ("id", Stuck));

        Assert.Contains("Open the estimates of the day", page, StringComparison.Ordinal);
        Assert.Contains("IOException, begun 7 times.", page, StringComparison.Ordinal);
        Assert.Contains("2026-11-20 08:15 UTC", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, tried.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal($"POST /api/v1/risk/stuck-work/{Stuck}/again", Assert.Single(pages.Service.Calls).Call);
    }

    [Fact]
    public async Task An_administrator_sees_that_a_mail_was_refused_and_why_and_how_many_wait()
    {
        pages.Service.Answers["GET /api/v1/grievances/mails"] = (HttpStatusCode.OK, $$"""
            {"waiting":2,"items":[{"id":"{{Stuck}}","state":"refused","tries":1,"reason":"The mail server did not accept the address (550).","endedOn":"2026-11-20"}],"next":null}
            """);

        var page = await Page();

        Assert.Contains("2 mails wait", page, StringComparison.Ordinal);
        Assert.Contains("Refused for good", page, StringComparison.Ordinal);
        Assert.Contains("The mail server did not accept the address (550).", page, StringComparison.Ordinal);
        Assert.Contains("2026-11-20", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_sees_by_which_calendar_days_are_counted_and_when_somebody_has_to_look_at_it_again()
    {
        var before = await Page();
        pages.Service.Answers["GET /api/v1/grievances/calendar"] = (HttpStatusCode.OK, Calendar(recheckIsOver: true));
        pages.Service.Answers["GET /api/v1/accreditation/calendar"] = (HttpStatusCode.ServiceUnavailable, "");
        var after = await Page();

        Assert.Contains("Accreditation counts by THA (Asia/Bangkok), as of 2026-11-29, unchecked. From memory.", before, StringComparison.Ordinal);
        Assert.DoesNotContain("should have looked", before, StringComparison.Ordinal);
        Assert.Contains("Somebody should have looked at the calendar of grievances again by 2027-06-30.", after, StringComparison.Ordinal);
        Assert.Contains("not known by which calendar it counts", after, StringComparison.Ordinal);
    }

    private static string Calendar(bool recheckIsOver) => $$"""
        {"name":"THA","zone":"Asia/Bangkok","source":"From memory.","review":"unchecked","asOf":"2026-11-29","recheckAfter":"2027-06-30","recheckIsOver":{{(recheckIsOver ? "true" : "false")}}}
        """;

    private Task<string> Page() => pages.Client.GetStringAsync(new Uri("/operators/work", UriKind.Relative));
}
