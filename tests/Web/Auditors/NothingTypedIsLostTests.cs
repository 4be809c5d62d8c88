using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>An audit is one page with a finding for each criterion and its closing; saving one of them loses nothing typed in another, without any script.</summary>
public sealed class NothingTypedIsLostTests : IAsyncLifetime
{
    private static readonly string Page = $"/auditors/audit/{Answering.Id}";

    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task Every_field_and_button_of_the_audit_is_in_one_form()
    {
        pages.Service.Application("audit_assigned", "audit");

        var page = await pages.Client.GetStringAsync(Page);

        var form = Regex.Matches(page, "<form .*?</form>", RegexOptions.Singleline).Single(f => f.Value.Contains("summary", StringComparison.Ordinal)).Value;
        foreach (var field in (string[])["grade-A1", "text-A1", "level-A1", "grade-B1", "text-B1", "level-B1", "auditedOn", "interviews", "summary"]) Assert.Contains($"name=\"{field}\"", form, StringComparison.Ordinal);
        Assert.Contains("value=\"B1\" formaction=\"" + Page + "?handler=Finding\" formnovalidate", form, StringComparison.Ordinal);
        Assert.Contains($"formaction=\"{Page}?handler=Close\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_one_finding_keeps_what_was_typed_in_another_and_in_the_closing()
    {
        pages.Service.Application("audit_assigned", "audit");
        pages.Service.Asked = call => { if (call.StartsWith("PUT", StringComparison.Ordinal)) Recorded("B1", "The ledger agrees."); };

        var answer = await pages.Post(Page, $"{Page}?handler=Finding", ("criterion", "B1"), ("grade-B1", "conform"), ("text-B1", "The ledger agrees."), ("level-B1", "records"),
            ("grade-A1", "minor"), ("text-A1", "One licence ends in May."), ("level-A1", ""), ("auditedOn", "2026-03-01"), ("interviews", "14"), ("summary", "Two days on site."));

        Assert.Contains("/findings/B1", Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        foreach (var typed in (string[])["One licence ends in May.</textarea>", "Two days on site.</textarea>", "value=\"14\"", "value=\"2026-03-01\"", "The ledger agrees.</textarea>"]) Assert.Contains(typed, page, StringComparison.Ordinal);
        Assert.Contains("B1 is saved. What else you typed still stands below and is not saved yet: A1, Last day of the audit, People interviewed, Summary.", page, StringComparison.Ordinal);
        Assert.Contains("name=\"Once.Version\" value=\"8\"", page, StringComparison.Ordinal); // the next button is pressed on what is recorded now
    }

    [Fact]
    public async Task A_refused_finding_keeps_what_was_typed_in_another()
    {
        pages.Service.Application("audit_assigned", "audit");
        pages.Service.Answers[$"PUT /api/v1/accreditation/audits/{Answering.Id}/findings/B1"] = (HttpStatusCode.BadRequest, """{"detail":"Choose a grade."}""");

        var page = await (await pages.Post(Page, $"{Page}?handler=Finding", ("criterion", "B1"), ("grade-B1", ""), ("text-B1", "The ledger agrees."), ("text-A1", "One licence ends in May."), ("summary", "Two days on site."))).Content.ReadAsStringAsync();

        foreach (var typed in (string[])["B1: Choose a grade.", "The ledger agrees.</textarea>", "One licence ends in May.</textarea>", "Two days on site.</textarea>"]) Assert.Contains(typed, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_is_not_closed_over_a_finding_that_is_only_typed()
    {
        pages.Service.Application("audit_assigned", "audit");
        Recorded("B1", "The ledger agrees.");

        var page = await (await pages.Post(Page, $"{Page}?handler=Close", ("text-A1", "One licence ends in May."), ("text-B1", "The ledger\r\nagrees."), ("grade-B1", "conform"), ("auditedOn", "2026-03-01"), ("summary", "Two days on site."))).Content.ReadAsStringAsync();

        Assert.Contains("what you typed on A1, B1 is not saved yet", page, StringComparison.Ordinal);
        Assert.Contains("One licence ends in May.</textarea>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(pages.Service.Calls, c => c.Call.EndsWith("/close", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_sent_as_it_is_recorded_is_not_taken_for_something_typed()
    {
        pages.Service.Application("audit_assigned", "audit");
        Recorded("B1", "The ledger\\nagrees.");

        var answer = await pages.Post(Page, $"{Page}?handler=Close", ("text-B1", "The ledger\r\nagrees."), ("grade-B1", "conform"), ("level-B1", "records"), ("auditedOn", "2026-03-01"), ("summary", "Two days on site."));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.EndsWith("/close", Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Enter_key_saves_nothing_and_loses_nothing()
    {
        pages.Service.Application("audit_assigned", "audit");
        var form = await pages.Client.GetStringAsync(Page);

        var page = await (await pages.Post(Page, $"{Page}?handler=Keep", ("text-A1", "One licence ends in May."), ("interviews", "14"))).Content.ReadAsStringAsync();

        Assert.Matches("handler=Keep\"[^>]*>\\s*<button[^>]*>", form); // the first button of the form is the one that Enter presses
        foreach (var typed in (string[])["Nothing was saved yet.", "One licence ends in May.</textarea>", "value=\"14\""]) Assert.Contains(typed, page, StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);
    }

    [Fact]
    public async Task Closing_one_finding_keeps_the_proof_typed_for_another()
    {
        const string Open = """{"criterion":"A1","grade":"minor","text":"Late.","evidenceLevel":"records","status":"open","closedWith":null},{"criterion":"B1","grade":"minor","text":"Late.","evidenceLevel":"records","status":"open","closedWith":null}""";
        pages.Service.Application("granted", extra: $",\"findings\":[{Open}]");

        var page = await (await pages.Post(Page, $"{Page}?handler=CloseFinding", ("criterion", "A1"), ("proof-A1", "The new licence was shown."), ("proof-B1", "The ledger was mended."))).Content.ReadAsStringAsync();

        Assert.EndsWith("/findings/A1/closure", Assert.Single(pages.Service.Calls).Call, StringComparison.Ordinal);
        Assert.Contains("The ledger was mended.</textarea>", page, StringComparison.Ordinal);
    }

    private void Recorded(string criterion, string text) => pages.Service.Application("audit_assigned", "audit",
        $$""","version":8,"findings":[{"criterion":"{{criterion}}","grade":"conform","text":"{{text}}","evidenceLevel":"records","status":"closed","closedWith":null}]""");
}
