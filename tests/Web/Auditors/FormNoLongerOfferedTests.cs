using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>Somebody went before in another tab, and the page has no field any more for what was typed: it is shown to be copied.</summary>
public sealed class FormNoLongerOfferedTests : IAsyncLifetime
{
    private const string Heading = "What you typed and was not saved";

    private static readonly string Decision = $"/auditors/decision/{Answering.Id}";

    private static readonly string Audit = $"/auditors/audit/{Answering.Id}";

    private readonly PagesOfAssessment pages = new() { ReaderRoles = [Roles.DecisionMaker, Roles.Auditor] };

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("ready_for_decision", "granted", "Decide", "outcome=refused&rationale=Fees+<b>are+owed.", "Reasons=Fees &lt;b&gt;are owed.")]
    [InlineData("ready_for_decision", "granted", "Decide", "outcome=refused&rationale=Fees", "Reasons=Fees")]
    [InlineData("granted", "suspended", "Status", "act=suspend&reason=mark_misused&money=Fees+are+paid.&papers=All+handed+out.&contracts=They+stand.&travel=No+one+travels.",
        "Money=Fees are paid. | Papers=All handed out. | Contracts=They stand. | Travel=No one travels.")]
    [InlineData("suspended", "granted", "Status", "act=restore&why=The+audit+was+let+in.&confirmed=true", "Your reasons=The audit was let in.")]
    [InlineData("granted", "withdrawn", "Status", "act=withdraw&why=Two+fees+are+still+owed.&confirmed=true&keep-0f3a=It+is+a+town.", "Your reasons=Two fees are still owed. | Reason for words that stay=It is a town.")]
    public async Task On_a_decision_taken_meanwhile_it_is_shown_to_be_copied(string opened, string meanwhile, string handler, string fields, string shown)
    {
        var page = await Stale(Decision, opened, meanwhile, handler, fields);

        AssertShown(page, shown);
    }

    [Fact]
    public async Task A_form_that_is_still_there_keeps_it_in_its_fields_alone()
    {
        var page = await Stale(Decision, "granted", "granted", "Status", "act=withdraw&why=Two+fees+are+still+owed.&confirmed=true");

        Assert.DoesNotContain(Heading, page, StringComparison.Ordinal);
        Assert.Contains("Two fees are still owed.</textarea>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_proof_for_a_finding_closed_meanwhile_is_shown_and_another_stays_in_its_field()
    {
        var page = await Stale(Audit, "granted", "granted", "CloseFinding", "criterion=A1&proof-A1=The+licence+was+shown.&proof-B1=The+ledger+was+mended.",
            Findings("open", "null"), Findings("closed", "\"Seen on paper.\""));

        AssertShown(page, "Proof that A1 is put right=The licence was shown.");
        Assert.Contains("The ledger was mended.</textarea>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Proof that B1 is put right</h3>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_typed_on_an_audit_closed_meanwhile_is_shown_and_what_is_recorded_is_not()
    {
        var page = await Stale(Audit, "audit_assigned", "ready_for_decision", "Close",
            "grade-A1=not_verified&text-A1=Late.&level-A1=records&grade-B1=minor&text-B1=Late+by+a+year.&level-B1=records&auditedOn=2026-03-01&interviews=14&summary=Two+days+on+site.",
            Findings("open", "null"), Findings("open", "null"));

        AssertShown(page, "Grade for A1=not verified | What was found on B1=Late by a year. | Last day of the audit=2026-03-01 | People interviewed=14 | Summary=Two days on site.");
        foreach (var recorded in (string[])["What was found on A1", "Shown by (A1)", "Grade for B1"]) Assert.DoesNotContain($"<h3>{recorded}</h3>", page, StringComparison.Ordinal);
        Assert.Contains("The audit was closed meanwhile. Nothing of yours was saved.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Save it first", page, StringComparison.Ordinal);
        Assert.DoesNotContain(pages.Service.Calls, c => c.Call.EndsWith("/close", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Finding", "criterion=A1&grade-A1=minor&text-A1=Late+by+a+year.", "What was found on A1=Late by a year.")]
    [InlineData("Close", "auditedOn=2026-03-01&summary=Two+days+on+site.", "Last day of the audit=2026-03-01 | Summary=Two days on site.")]
    [InlineData("Close", "summary=Two+days+on+site.", "Summary=Two days on site.")]
    [InlineData("Keep", "summary=Two+days+on+site.", "Summary=Two days on site.")]
    public async Task So_it_is_whichever_button_was_pressed(string handler, string fields, string shown)
    {
        var page = await Stale(Audit, "audit_assigned", "granted", handler, fields);

        AssertShown(page, shown);
        Assert.DoesNotContain("Press the button", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Give the last day", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_close_sent_twice_is_answered_as_it_was_the_first_time()
    {
        pages.Service.Application("audit_assigned");
        await pages.Token(Audit);
        pages.Service.Application("ready_for_decision", extra: ",\"auditSummary\":\"Two days on site.\",\"auditedOn\":\"2026-03-01\"");

        var answer = await pages.Post(Audit, $"{Audit}?handler=Close", ("auditedOn", "2026-03-01"), ("interviews", "14"), ("summary", "Two days on site."));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    /// <summary>Opened in one state, sent in another: the service refuses what was made from the version before.</summary>
    private async Task<string> Stale(string address, string opened, string meanwhile, string handler, string fields, string before = "", string after = "")
    {
        pages.Service.Application(opened, extra: before);
        var form = await pages.Client.GetStringAsync(address);
        pages.Service.Application(meanwhile, extra: after);
        foreach (var call in (string[])["POST applications/{0}/decision", "POST applications/{0}/status", "POST audits/{0}/close", "PUT audits/{0}/findings/A1", "POST audits/{0}/findings/A1/closure"])
            pages.Service.Answers[string.Format(null, call.Replace(" ", " /api/v1/accreditation/", StringComparison.Ordinal), Answering.Id)] = (HttpStatusCode.PreconditionFailed, """{"type":"urn:recruitment:changed-meanwhile","detail":"Read it again."}""");

        var token = Regex.Match(form, "name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"").Groups[1].Value;
        using var body = new StringContent($"{fields}&__RequestVerificationToken={Uri.EscapeDataString(token)}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        var answer = await pages.Client.PostAsync($"{address}?handler={handler}", body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    private static void AssertShown(string page, string shown)
    {
        Assert.True(page.IndexOf("role=\"alert\"", StringComparison.Ordinal) < page.IndexOf(Heading, StringComparison.Ordinal), "the notice comes first, then what was typed");
        foreach (var text in shown.Split(" | "))
        {
            var (label, typed) = (text[..text.IndexOf('=', StringComparison.Ordinal)], text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            Assert.Matches($"<h3>{Regex.Escape(label)}</h3>\\s*<p class=\"kept\">{Regex.Escape(typed)}</p>", page);
        }
    }

    private static string Findings(string status, string proof) =>
        $$""","findings":[{"criterion":"A1","grade":"minor","text":"Late.","evidenceLevel":"records","status":"{{status}}","closedWith":{{proof}}},{"criterion":"B1","grade":"minor","text":"Late.","evidenceLevel":"records","status":"open","closedWith":null}]""";
}
