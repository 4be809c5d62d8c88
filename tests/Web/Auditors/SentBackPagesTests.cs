using System.Net;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>An audit sent back tells the auditor why before anything else, and gives her back what she closed it with.</summary>
public sealed class SentBackPagesTests : IAsyncLifetime
{
    private const string SentBack = ""","sentBack":{"reason":"Criterion B1 needs a second source.","at":"2026-03-01T08:00:00Z","auditedOn":"2026-02-20","interviewsHeld":14,"summary":"Two days on site."}""";
    private static readonly string Page = $"/auditors/audit/{Answering.Id}";

    private readonly PagesOfAssessment pages = new() { ReaderRoles = [Roles.Auditor] };

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task The_reason_stands_on_top_and_the_closing_texts_stand_in_their_fields()
    {
        pages.Service.Application("audit_assigned", "audit", SentBack);

        var page = await pages.Client.GetStringAsync(Page);

        var why = page.IndexOf("Criterion B1 needs a second source.", StringComparison.Ordinal);
        Assert.True(why > 0 && why < page.IndexOf("<h2>Findings</h2>", StringComparison.Ordinal));
        foreach (var field in (string[])["value=\"2026-02-20\"", "value=\"14\"", "Two days on site.</textarea>"]) Assert.Contains(field, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Issue report", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_instead_or_emptied_stays_when_it_is_refused()
    {
        pages.Service.Application("audit_assigned", "audit", SentBack);

        var page = await (await pages.Post(Page, $"{Page}?handler=Close", ("auditedOn", ""), ("interviews", "15"), ("summary", "Three days on site."))).Content.ReadAsStringAsync();

        Assert.Contains("value=\"15\"", page, StringComparison.Ordinal);
        Assert.Contains("Three days on site.</textarea>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"2026-02-20\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_texts_that_were_not_touched_do_not_count_as_typed_and_unsaved()
    {
        pages.Service.Application("audit_assigned", "audit", SentBack);

        var saved = await pages.Post(Page, $"{Page}?handler=Finding", ("criterion", "A1"), ("grade-A1", "minor"), ("text-A1", "One file was late."), ("level-A1", "records"),
            ("auditedOn", "2026-02-20"), ("interviews", "14"), ("summary", "Two days on site."));

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
    }

    [Fact]
    public async Task The_task_says_that_it_was_sent_back_and_why()
    {
        pages.Service.Application("audit_assigned", "audit");
        var (status, json) = pages.Service.Answers["GET /api/v1/accreditation/applications"];
        pages.Service.Answers["GET /api/v1/accreditation/applications"] = (status, json.Replace("\"myTask\"", "\"sentBack\":\"Criterion B1 needs a second source.\",\"myTask\"", StringComparison.Ordinal));

        var today = await pages.Client.GetStringAsync("/auditors");

        Assert.Contains("Audit sent back: Saffron Bridge", today, StringComparison.Ordinal);
        Assert.Contains("Sent back: Criterion B1 needs a second source.", today, StringComparison.Ordinal);
    }
}
