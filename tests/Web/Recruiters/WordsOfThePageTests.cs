using System.Net;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>The recruiter reads one thing under one name, and what was written in the lines in which it was written.</summary>
public sealed class WordsOfThePageTests : IAsyncLifetime
{
    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task A_step_of_the_history_is_called_as_on_every_other_page()
    {
        pages.Service.Application("ready_for_decision", extra: ""","history":[{"number":5,"from":"eligible","to":"audit_assigned","at":"2026-03-01T08:00:00Z"}]""");

        Assert.Contains("<span class=\"kept\">audit under way</span>", await Read("/recruiters"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_found_keeps_its_lines_and_its_grade_is_said_in_words()
    {
        pages.Service.Application("ready_for_decision", extra: ""","findings":[{"criterion":"A1","grade":"not_applicable","text":"No branch office.\nNo agents.","evidenceLevel":"records","status":"closed","closedWith":null}]""");

        var page = await Read("/recruiters");

        Assert.Contains("<span class=\"kept\">No branch office.\nNo agents.</span>", page, StringComparison.Ordinal);
        Assert.Contains(">does not apply</td>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("conform", "Yes, we do this")]
    [InlineData("partly", "Partly")]
    [InlineData("not", "No")]
    [InlineData("not_applicable", "Does not apply")]
    public async Task An_answer_is_read_after_sending_as_it_was_chosen_before(string code, string words)
    {
        pages.Service.Application("draft");
        Assert.Contains($"value=\"{code}\" /> {words}</label>", await Read("/recruiters/assessment/A"), StringComparison.Ordinal);

        pages.Service.Application("submitted", extra: $$""","answers":[{"indicator":"A1-01","value":"{{code}}","why":null,"note":"One line.\nAnother."}]""");
        var page = await Read("/recruiters/assessment/A");

        Assert.Contains($"Answer: <strong>{words}</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<p class=\"kept\">Note: One line.\nAnother.</p>", page, StringComparison.Ordinal);
    }

    private async Task<string> Read(string address) => WebUtility.HtmlDecode(await pages.Client.GetStringAsync(address));
}
