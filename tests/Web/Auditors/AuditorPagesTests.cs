using System.Net;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

public sealed class AuditorPagesTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("eligible", "declare_conflict", "/auditors/audit/")]
    [InlineData("audit_assigned", "audit", "/auditors/audit/")]
    [InlineData("ready_for_decision", "decide", "/auditors/decision/")]
    [InlineData("submitted", "review", "/auditors/scheme/application/")]
    [InlineData("suspended", "end_suspension", "/auditors/decision/")]
    public async Task Each_task_leads_to_its_page(string state, string task, string address)
    {
        pages.Service.Application(state, task);
        pages.ReaderRoles = [Roles.SchemeManager];

        var today = await pages.Client.GetStringAsync("/auditors");

        Assert.Contains($"href=\"{address}{Answering.Id}\"", today, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await pages.Client.GetAsync($"{address}{Answering.Id}")).StatusCode);
    }

    [Fact]
    public async Task A_day_without_work_says_so()
    {
        pages.Service.Answers["GET /api/v1/accreditation/applications"] = (HttpStatusCode.OK, """{"items":[],"next":null}""");

        Assert.Contains("Nothing waits for you today", await pages.Client.GetStringAsync("/auditors"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_after_the_first_is_reached_and_does_not_say_that_nothing_waits()
    {
        static string Page(string name, string? next) =>
            $$"""{"items":[{"id":"{{Answering.Id}}","auditId":"{{Answering.Id}}","recruiterName":"{{name}}","country":"MMR","state":"granted","corridors":["MMR-THA"],"answered":0,"indicators":2,"myTask":"none"}],"next":{{(next is null ? "null" : $"\"{next}\"")}}}""";
        pages.Service.Answers["GET /api/v1/accreditation/applications"] = (HttpStatusCode.OK, Page("Saffron Bridge", "after-it"));
        pages.Service.Answers["GET /api/v1/accreditation/applications?cursor=after-it"] = (HttpStatusCode.OK, Page("Paper Crane", null));

        var first = await pages.Client.GetStringAsync("/auditors");
        var second = await pages.Client.GetStringAsync("/auditors?cursor=after-it");

        Assert.Contains("href=\"/auditors?cursor=after-it\"", first, StringComparison.Ordinal);
        Assert.Contains("Paper Crane", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing waits", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finding_is_sent_for_its_criterion()
    {
        pages.Service.Application("audit_assigned", "audit");
        var page = $"/auditors/audit/{Answering.Id}";

        var saved = await pages.Post(page, $"{page}?handler=Finding", ("criterion", "A1"), ("grade", "minor"), ("text", "One file was late."), ("level", "records"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("/findings/A1", Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ready_for_decision", "The audit is finished")]
    [InlineData("granted", "Only a decision maker suspends")]
    [InlineData("suspended", "Only a decision maker suspends")]
    public async Task An_auditor_reads_where_the_case_stands_and_has_no_form(string state, string sentence)
    {
        pages.Service.Application(state);
        var address = $"/auditors/decision/{Answering.Id}";

        pages.ReaderRoles = [Roles.Auditor];
        var auditor = await pages.Client.GetStringAsync(address);
        pages.ReaderRoles = [Roles.DecisionMaker];
        var decisionMaker = await pages.Client.GetStringAsync(address);

        Assert.Contains(sentence, auditor, StringComparison.Ordinal);
        Assert.DoesNotContain("?handler=", auditor, StringComparison.Ordinal);
        Assert.DoesNotContain(sentence, decisionMaker, StringComparison.Ordinal);
        Assert.Contains("?handler=", decisionMaker, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_review_keeps_what_was_typed_and_chosen()
    {
        pages.Service.Application("submitted", "review");
        pages.ReaderRoles = [Roles.SchemeManager];
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/review"] = (HttpStatusCode.BadRequest, """{"detail":"Name the audit body."}""");
        var page = $"/auditors/scheme/application/{Answering.Id}";

        var answer = await (await pages.Post(page, $"{page}?handler=Review", ("outcome", "deferred"), ("reason", "The licence is missing."), ("body", "0195a000-0000-7000-8000-0000000000bb"))).Content.ReadAsStringAsync();

        Assert.Contains("Name the audit body.", answer, StringComparison.Ordinal);
        Assert.Contains("The licence is missing.</textarea>", answer, StringComparison.Ordinal);
        Assert.Contains("value=\"deferred\" checked=\"checked\"", answer, StringComparison.Ordinal);
        Assert.Contains("value=\"0195a000-0000-7000-8000-0000000000bb\" selected=\"selected\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_decision_says_why()
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("ready_for_decision", "decide");
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/decision"] = (HttpStatusCode.Conflict, """{"detail":"You were on the team that audited."}""");
        var page = $"/auditors/decision/{Answering.Id}";

        var answer = await pages.Post(page, $"{page}?handler=Decide", ("outcome", "granted"), ("rationale", "All findings support it."));

        var told = await answer.Content.ReadAsStringAsync();
        Assert.Contains("You were on the team that audited.", told, StringComparison.Ordinal);
        Assert.Contains("All findings support it.</textarea>", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scheme_managers_page_is_not_there_for_an_auditor()
    {
        pages.Service.Application("submitted");
        pages.ReaderRoles = [Roles.Auditor];

        Assert.Equal(HttpStatusCode.NotFound, (await pages.Client.GetAsync($"/auditors/scheme/application/{Answering.Id}")).StatusCode);
    }

    [Fact]
    public async Task An_application_that_is_not_there_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await pages.Client.GetAsync($"/auditors/audit/{Guid.CreateVersion7()}")).StatusCode);
}
