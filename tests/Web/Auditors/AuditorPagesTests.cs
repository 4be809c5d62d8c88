using System.Net;
using System.Text.RegularExpressions;
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
    [InlineData("granted", "close_findings", "/auditors/audit/")]
    [InlineData("ready_for_decision", "decide", "/auditors/decision/")]
    [InlineData("submitted", "review", "/auditors/scheme/application/")]
    [InlineData("suspended", "end_suspension", "/auditors/decision/")]
    [InlineData("audit_assigned", "audit_overdue", "/auditors/scheme/application/")]
    public async Task Each_task_leads_to_its_page(string state, string task, string address)
    {
        pages.Service.Application(state, task);
        pages.ReaderRoles = [Roles.SchemeManager];

        var today = await pages.Client.GetStringAsync("/auditors");

        Assert.Contains($"href=\"{address}{Answering.Id}\"", today, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await pages.Client.GetAsync($"{address}{Answering.Id}")).StatusCode);
    }

    private const string Named = ""","auditBodyName":"Lotus Lane Assurance","auditDueOn":"2026-05-01","auditIsOverdue":true,"history":[{"number":4,"from":"eligible","to":"audit_assigned","at":"2026-03-01T08:00:00Z"}]""";

    [Fact]
    public async Task An_overdue_audit_is_marked_for_its_auditor()
    {
        pages.Service.Application("audit_assigned", "audit", Named);
        pages.Service.Answers["GET /api/v1/accreditation/applications"] = (HttpStatusCode.OK, pages.Service.Answers["GET /api/v1/accreditation/applications"].Json.Replace("\"answered\":0", "\"answered\":0,\"auditIsOverdue\":true", StringComparison.Ordinal));

        Assert.Contains("<span class=\"tag bad\">overdue</span>", await pages.Client.GetStringAsync("/auditors"), StringComparison.Ordinal);
        Assert.Matches("<span class=\"tag bad\">overdue</span>\\s*Due by 2026-05-01", await pages.Client.GetStringAsync($"/auditors/audit/{Answering.Id}"));
    }

    [Fact]
    public async Task The_scheme_manager_reads_whom_to_ask_about_an_overdue_audit()
    {
        pages.Service.Application("audit_assigned", "audit_overdue", Named + ""","declarations":[{"auditorSubject":"malee","signedAs":"Malee","hasConflict":false,"statement":"No tie.","at":"2026-02-01T08:00:00Z","wasNamed":true}]""");
        pages.ReaderRoles = [Roles.SchemeManager];

        Assert.Contains("Audit not closed in time: Saffron Bridge", await pages.Client.GetStringAsync("/auditors"), StringComparison.Ordinal);
        var page = await pages.Client.GetStringAsync($"/auditors/scheme/application/{Answering.Id}");
        Assert.Contains("Lotus Lane Assurance, Malee: due by 2026-05-01.", page, StringComparison.Ordinal);
        Assert.Contains("Ask the audit body when it will be", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_day_of_an_audit_is_asked_from_the_naming_on_and_the_decision_maker_reads_both()
    {
        pages.Service.Application("audit_assigned", "audit", Named);
        Assert.Contains("type=\"date\" min=\"2026-03-01\"", await pages.Client.GetStringAsync($"/auditors/audit/{Answering.Id}"), StringComparison.Ordinal);

        pages.Service.Application("ready_for_decision", "decide", Named + Answering.Basis + ""","auditedOn":"2026-04-02" """);
        pages.ReaderRoles = [Roles.DecisionMaker];
        Assert.Contains("Last day of the audit: 2026-04-02; its auditor was named on 2026-03-01.", await pages.Client.GetStringAsync($"/auditors/decision/{Answering.Id}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-01-01", "The day by which the audit is due has passed.")]
    [InlineData("soon", "Audit due by: this is not a day.")]
    public async Task A_refused_naming_keeps_the_day_that_was_typed(string typed, string sentence)
    {
        pages.Service.Application("eligible", "assign", ""","declarations":[{"auditorSubject":"malee","signedAs":"Malee","hasConflict":false,"statement":"No tie.","at":"2026-02-01T08:00:00Z","wasNamed":false,"mayBeNamed":true}]""");
        pages.ReaderRoles = [Roles.SchemeManager];
        pages.Service.Answers[$"POST /api/v1/accreditation/applications/{Answering.Id}/auditor"] = (HttpStatusCode.Conflict, """{"detail":"The day by which the audit is due has passed."}""");
        var page = $"/auditors/scheme/application/{Answering.Id}";

        var told = await (await pages.Post(page, $"{page}?handler=Assign", ("auditor", "malee"), ("dueOn", typed))).Content.ReadAsStringAsync();

        Assert.Contains(sentence, told, StringComparison.Ordinal);
        Assert.Contains($"name=\"dueOn\" type=\"date\" value=\"{typed}\"", told, StringComparison.Ordinal);
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

        var saved = await pages.Post(page, $"{page}?handler=Finding", ("criterion", "A1"), ("grade-A1", "minor"), ("text-A1", "One file was late."), ("level-A1", "records"));

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
    public async Task A_refused_closing_of_the_audit_names_the_field_and_keeps_what_was_typed()
    {
        pages.Service.Application("audit_assigned", "audit");
        var page = $"/auditors/audit/{Answering.Id}";

        var told = await (await pages.Post(page, $"{page}?handler=Close", ("auditedOn", ""), ("interviews", "14"), ("summary", "Two days on site."))).Content.ReadAsStringAsync();

        Assert.Contains("Give the last day of the audit, and a summary.", told, StringComparison.Ordinal);
        Assert.Contains("Two days on site.</textarea>", told, StringComparison.Ordinal);
        Assert.Contains("value=\"14\"", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_finding_stays_with_its_criterion_alone()
    {
        pages.Service.Application("audit_assigned", "audit");
        pages.Service.Answers[$"PUT /api/v1/accreditation/audits/{Answering.Id}/findings/B1"] = (HttpStatusCode.BadRequest, """{"detail":"Choose a grade."}""");
        var page = $"/auditors/audit/{Answering.Id}";

        var told = await (await pages.Post(page, $"{page}?handler=Finding", ("criterion", "B1"), ("grade-B1", ""), ("text-B1", "One file was late."), ("level-B1", "records"))).Content.ReadAsStringAsync();

        Assert.Contains("Choose a grade.", told, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(told, "One file was late\\.</textarea>"));
        Assert.Contains("id=\"c-B1\" open=\"open\"", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/auditors/decision/", Roles.DecisionMaker, "ready_for_decision")]
    [InlineData("/auditors/audit/", Roles.Auditor, "audit_assigned")]
    public async Task Whoever_audits_or_decides_reads_answer_evidence_and_finding_under_each_criterion(string address, string role, string state)
    {
        pages.ReaderRoles = [role];
        pages.Service.Application(state, extra: Answering.Basis);

        var page = await pages.Client.GetStringAsync($"{address}{Answering.Id}");

        foreach (var words in (string[])["A valid licence is held.", "Answer: <strong>partly</strong>.", "Renewal is under way.", "A1-01: Operating licence", "The licence ends in May."])
            Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"{address}{Answering.Id}?handler=File&amp;evidence={Answering.Evidence}\"", page, StringComparison.Ordinal);
        Assert.Contains("No file is attached for B1.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_decision_maker_reads_the_auditors_summary_and_opens_a_file()
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("ready_for_decision", "decide", Answering.Basis);
        pages.Service.Answers[$"GET /api/v1/accreditation/applications/{Answering.Id}/evidence/{Answering.Evidence}"] = (HttpStatusCode.OK, "the licence");

        Assert.Contains("<p>Two days on site.</p>", await pages.Client.GetStringAsync($"/auditors/decision/{Answering.Id}"), StringComparison.Ordinal);
        var file = await pages.Client.GetAsync($"/auditors/decision/{Answering.Id}?handler=File&evidence={Answering.Evidence}");
        Assert.Equal("the licence", await file.Content.ReadAsStringAsync());
        Assert.Equal("A1-01.pdf", file.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(HttpStatusCode.NotFound, (await pages.Client.GetAsync($"/auditors/decision/{Answering.Id}?handler=File&evidence={Guid.CreateVersion7()}")).StatusCode);
    }

    [Theory]
    [InlineData("ready_for_decision")]
    [InlineData("granted")]
    [InlineData("suspended")]
    public async Task An_auditor_who_is_also_decision_maker_is_told_why_not_and_has_no_form(string state)
    {
        pages.ReaderRoles = [Roles.Auditor, Roles.DecisionMaker];
        pages.Service.Application(state, extra: Answering.Basis + ""","whyNotDecide":"Whoever audited cannot decide. Somebody else must." """);

        var page = await pages.Client.GetStringAsync($"/auditors/decision/{Answering.Id}");

        Assert.Contains("Whoever audited cannot decide. Somebody else must.", page, StringComparison.Ordinal);
        Assert.Contains("The licence ends in May.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form method=\"post\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_maker_in_conflict_is_told_that_she_reads_nothing_and_why()
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("ready_for_decision", extra: ""","whyNotDecide":"You declared a conflict here. Somebody else must decide." """);

        var page = await pages.Client.GetStringAsync($"/auditors/decision/{Answering.Id}");

        Assert.Contains("are not shown to you. You declared a conflict here.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("A valid licence is held.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form method=\"post\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("granted", "HandOver", "/status-body")]
    [InlineData("ready_for_decision", "Ask", "/audit-body")]
    public async Task The_scheme_manager_names_another_body_when_the_present_one_belongs_to_the_group(string state, string handler, string called)
    {
        pages.ReaderRoles = [Roles.SchemeManager];
        var page = $"/auditors/scheme/application/{Answering.Id}";
        pages.Service.Application(state, extra: ""","auditBodyName":"Paper Boat Assurance","bodyIsOfTheGroup":false""");
        Assert.DoesNotContain("Name another audit body", await pages.Client.GetStringAsync(page), StringComparison.Ordinal);
        pages.Service.Application(state, extra: ""","auditBodyName":"Paper Boat Assurance","bodyIsOfTheGroup":true""");
        Assert.Contains("Paper Boat Assurance now belongs to the same group", await pages.Client.GetStringAsync(page), StringComparison.Ordinal);

        var saved = await pages.Post(page, $"{page}?handler={handler}", ("body", "0195a000-0000-7000-8000-0000000000bb"), ("reason", "It was bought."));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.EndsWith(called, Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_open_findings_of_a_status_handed_over_an_auditor_of_the_new_body_declares()
    {
        pages.Service.Application("granted", "declare_conflict", ""","auditorIsWanted":true,"statusWasHandedOver":true""");
        pages.ReaderRoles = [Roles.Auditor];
        var page = $"/auditors/audit/{Answering.Id}";
        Assert.Contains($"href=\"{page}\"", await pages.Client.GetStringAsync("/auditors"), StringComparison.Ordinal);

        var saved = await pages.Post(page, $"{page}?handler=Declare", ("hasConflict", "false"), ("statement", "No tie."), ("signedAs", "Malee"));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.EndsWith("/conflict-declarations", Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scheme_manager_names_for_them_only_whom_the_service_would_accept()
    {
        static string Said(string subject, string name, bool mayBeNamed) =>
            $$"""{"auditorSubject":"{{subject}}","signedAs":"{{name}}","hasConflict":false,"statement":"No tie.","at":"2026-03-01T08:00:00Z","wasNamed":false,"mayBeNamed":{{(mayBeNamed ? "true" : "false")}}}""";
        pages.Service.Application("suspended", "assign", $$""","auditBodyName":"Harbour Wall Audit","auditorIsWanted":true,"statusWasHandedOver":true,"declarations":[{{Said("former", "Somchai", false)}},{{Said("new", "Malee", true)}}]""");
        pages.ReaderRoles = [Roles.SchemeManager];
        var page = $"/auditors/scheme/application/{Answering.Id}";
        Assert.Contains($"href=\"{page}\"", await pages.Client.GetStringAsync("/auditors"), StringComparison.Ordinal);

        var shown = await pages.Client.GetStringAsync(page);
        var saved = await pages.Post(page, $"{page}?handler=Assign", ("auditor", "new"));

        Assert.Contains("Harbour Wall Audit keeps this status now", shown, StringComparison.Ordinal);
        Assert.Contains("Name Malee", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Name Somchai", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Ask another audit body", shown, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.EndsWith("/auditor", Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_auditor_named_for_them_closes_the_finding_and_is_offered_no_report()
    {
        pages.Service.Application("granted", extra: Answering.Basis + ""","statusWasHandedOver":true""");
        pages.ReaderRoles = [Roles.Auditor];
        var page = $"/auditors/audit/{Answering.Id}";

        Assert.DoesNotContain("Issue report", await pages.Client.GetStringAsync(page), StringComparison.Ordinal);
        var saved = await pages.Post(page, $"{page}?handler=CloseFinding", ("criterion", "A1"), ("proof-A1", "The new licence was shown."));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.EndsWith("/findings/A1/closure", Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_scheme_manager_reads_the_answers_and_that_the_files_are_for_the_audit_team()
    {
        pages.ReaderRoles = [Roles.SchemeManager];
        pages.Service.Application("submitted", "review", ""","answers":[{"indicator":"A1-01","value":"partly","why":null,"note":"Renewal is under way."}]""");

        var page = await pages.Client.GetStringAsync($"/auditors/scheme/application/{Answering.Id}");

        foreach (var words in (string[])["A valid licence is held.", "Answer: <strong>partly</strong>.", "Renewal is under way.", "Not answered.", "evidence is for the audit team alone"])
            Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("handler=File", page, StringComparison.Ordinal);
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
