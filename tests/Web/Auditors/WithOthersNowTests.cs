using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>Somebody went before in another tab, so that the sender of a form may not see the case any more: she reads that, and what she typed; of the case she reads nothing.</summary>
public sealed class WithOthersNowTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new() { ReaderRoles = [Roles.DecisionMaker, Roles.Auditor] };

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("decision", "ready_for_decision", "Decide", "outcome=refused&rationale=Fees+<b>are%0D%0Aowed.", "Outcome=refused | Reasons=Fees &lt;b&gt;are\r\nowed.")]
    [InlineData("decision", "granted", "Status", "act=suspend&reason=system_not_maintained&money=Fees+are+paid.&papers=&contracts=They+stand.&travel=", "Reason=System not kept up | Money=Fees are paid. | Contracts=They stand.")]
    [InlineData("decision", "suspended", "Status", "act=restore&why=The+audit+was+let+in.&confirmed=true", "Your reasons=The audit was let in.")]
    [InlineData("audit", "eligible", "Declare", "hasConflict=false&statement=No+tie.&signedAs=Malee", "Is there a conflict?=None | In your words=No tie. | Signed (your name)=Malee")]
    [InlineData("audit", "audit_assigned", "Finding", "criterion=A1&grade-A1=not_verified&text-A1=Late.&level-A1=&summary=Two+days.", "Grade for A1=not verified | What was found on A1=Late. | Summary=Two days.")]
    [InlineData("audit", "granted", "CloseFinding", "criterion=A1&proof-A1=The+licence+was+shown.", "Proof that A1 is put right=The licence was shown.")]
    public async Task What_was_typed_is_shown_with_what_happened(string page, string state, string handler, string fields, string shown)
    {
        var address = $"/auditors/{page}/{Answering.Id}";
        pages.Service.Application(state, extra: Answering.Basis);
        var token = await pages.Token(address);
        pages.Service.Answers.Remove($"GET /api/v1/accreditation/applications/{Answering.Id}");

        using var body = new StringContent($"{fields}&Once.Version=7&__RequestVerificationToken={Uri.EscapeDataString(token)}", new MediaTypeHeaderValue("application/x-www-form-urlencoded"));
        var answer = await pages.Client.PostAsync($"{address}?handler={handler}", body);

        var told = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Replace("<b>", "&lt;b&gt;", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("<h1>This is with others now</h1>", told, StringComparison.Ordinal);
        Assert.Contains("Nothing of yours was saved.", told, StringComparison.Ordinal);
        foreach (var (label, text) in shown.Split(" | ").Select(t => (t[..t.IndexOf('=', StringComparison.Ordinal)], t[(t.IndexOf('=', StringComparison.Ordinal) + 1)..])))
            Assert.Matches($"<h3>{Regex.Escape(label)}</h3>\\s*<p class=\"kept\">{Regex.Escape(text)}</p>", told);
        foreach (var other in (string[])["Saffron Bridge", "Two days on site.", "The licence ends in May.", "Once.", token]) Assert.DoesNotContain(other, told, StringComparison.Ordinal);
        Assert.Empty(pages.Service.Calls);
    }

    [Fact]
    public async Task What_is_opened_and_not_there_stays_a_page_that_is_not_there() =>
        Assert.DoesNotContain("This is with others now", await (await pages.Client.GetAsync($"/auditors/decision/{Guid.CreateVersion7()}")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
}
