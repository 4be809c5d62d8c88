using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.SignIn;

/// <summary>Where a service asks that its reader proved a moment ago who it is, the web asks the reader, and nothing that was typed is lost.</summary>
public sealed class StepUpTests(StepUpHost web) : IClassFixture<StepUpHost>
{
    private static readonly string Decision = $"/auditors/decision/{Answering.Id}";

    [Fact]
    public async Task A_decision_that_comes_too_late_is_kept_and_goes_as_it_was_once_its_maker_has_confirmed()
    {
        web.Service.Application("ready_for_decision", "decide", Answering.Basis);
        var reader = await web.SignedIn(minutesAgo: 16, "decision_maker");
        var form = StepUpHost.Fields(FormOf(await reader.Page(Decision), "Decide"));

        using var refused = await reader.Post($"{Decision}?handler=Decide", [.. form, ("outcome", "granted"), ("rationale", "Findings <all> support it.")]);
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("<h1 lang=\"en\">Confirm that it is you</h1>", page, StringComparison.Ordinal);
        Assert.Contains("within the last 15 minutes", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/sign-in/confirm?returnUrl=%2Fconfirmed\" target=\"_blank\"", page, StringComparison.Ordinal);
        Assert.Contains("Findings &lt;all&gt; support it.", page, StringComparison.Ordinal);
        Assert.DoesNotContain(web.Done, d => d.Contains("support it", StringComparison.Ordinal));

        // In the other tab: the same browser has a new ticket of the same person.
        var again = await web.SignedIn(minutesAgo: 0, "decision_maker", reader);
        var kept = StepUpHost.Fields(FormOf(page, "Decide"));
        using var sent = await again.Post($"{Decision}?handler=Decide", kept);

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Contains("\"rationale\":\"Findings \\u003Call\\u003E support it.\"", Assert.Single(web.Done, d => d.Contains("support it", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(form.Single(f => f.Name == "Once.Key"), kept.Single(f => f.Name == "Once.Key"));
    }

    [Fact]
    public async Task A_password_is_not_written_into_that_page_and_what_else_was_typed_is_shown_to_be_copied()
    {
        var reader = await web.SignedIn(minutesAgo: 16, "owner");
        var token = StepUpHost.Fields(await (await web.SignedIn(minutesAgo: 0, "owner", reader)).Page("/th/organisation/sign-in")).First(f => f.Name == "__RequestVerificationToken");

        using var refused = await reader.Post("/th/organisation/sign-in?handler=Provider", [token, ("Issuer", "https://login.example.org/"), ("ClientPassword", "of the provider")]);
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("ยืนยันว่าเป็นตัวคุณ", page, StringComparison.Ordinal);
        Assert.Contains("https://login.example.org/", page, StringComparison.Ordinal);
        Assert.Contains("/sign-in/confirm?returnUrl=%2Fth%2Forganisation%2Fsign-in", page, StringComparison.Ordinal);
        Assert.DoesNotContain("of the provider", page, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"hidden\" name=\"Issuer\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_that_is_asked_for_too_late_leads_to_the_issuer_and_back_to_its_page()
    {
        var reader = await web.SignedIn(minutesAgo: 16, "owner");

        using var asked = await reader.Get("/organisation/audit?service=suppliers&format=csv&handler=Export");

        Assert.Equal("/sign-in/confirm?returnUrl=%2Forganisation%2Faudit%3Fservice%3Dsuppliers%26format%3Dcsv", asked.Headers.Location?.ToString());
        using var file = await (await web.SignedIn(minutesAgo: 0, "owner")).Get("/organisation/audit?service=suppliers&format=csv&handler=Export");
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
    }

    [Theory]
    [InlineData("/operators/claims", "administrator")]
    [InlineData("/operators/rolerequests?cursor=0195a000-0000-7000-8000-0000000000aa", "administrator")]
    [InlineData("/organisation/programs", "owner")]
    [InlineData("/organisation/sign-in-programs", "owner")]
    [InlineData("/th/organisation/sign-in", "owner")]
    [InlineData("/auditors/reports/new", "auditor")]
    [InlineData("/casehandlers/case/0195a000-0000-7000-8000-0000000000aa", "case_handler")]
    public async Task A_page_for_nothing_else_asks_before_it_shows_its_form_while_little_time_is_left(string page, string role)
    {
        using var late = await (await web.SignedIn(minutesAgo: 8, role)).Get(page);
        using var early = await (await web.SignedIn(minutesAgo: 7, role)).Get(page);

        Assert.Equal($"/sign-in/confirm?returnUrl={Uri.EscapeDataString(page)}", late.Headers.Location?.ToString());
        Assert.Null(early.Headers.Location);
    }

    [Fact]
    public async Task Nobody_is_led_in_circles_when_signing_in_does_not_help()
    {
        web.RefusesAll = true;
        try
        {
            using var asked = await (await web.SignedIn(minutesAgo: 0, "owner")).Get("/organisation/audit?service=suppliers&format=csv&handler=Export");

            Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
            Assert.Contains("Another sign-in is needed", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            web.RefusesAll = false;
        }
    }

    [Fact]
    public async Task The_tab_that_was_opened_to_confirm_says_to_go_back_in_both_languages()
    {
        using var answer = await (await web.SignedIn(minutesAgo: 0, "owner")).Get("/confirmed");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

        foreach (var said in (string[])["go back to the other tab", "กลับไปที่แท็บเดิม"]) Assert.Contains(said, page, StringComparison.Ordinal);
    }

    /// <summary>The form that leads to that handler.</summary>
    private static string FormOf(string page, string handler) => Regex.Match(page, $"<form[^>]*handler={handler}.*?</form>", RegexOptions.Singleline).Value;
}
