using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Platform;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>Why a status was suspended, restored or withdrawn is read in the words in which it was decided, and as it was written.</summary>
public sealed class ReasonsInWordsTests : IAsyncLifetime
{
    private const string Restored = """{"number":9,"from":"suspended","to":"granted","at":"2026-03-01T08:00:00Z","reason":"restored","rationale":"The audit was let in.\nThe records are kept up."}""";

    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task A_suspended_recruiter_reads_the_reason_first_in_the_words_that_the_decision_maker_chose()
    {
        foreach (var (code, words) in await Choices("suspend-reason"))
        {
            pages.Service.Application("suspended", extra: History("granted", "suspended", code));

            var page = await Read("/recruiters");

            Assert.Contains($"Your status was suspended on 2026-03-01. The reason given: {words}.", First(page), StringComparison.Ordinal);
            Assert.Contains($"suspended: {words}</span>", page, StringComparison.Ordinal);
            await SaysNoCode(page, code, $"suspended: {words}");
        }
    }

    [Fact]
    public async Task A_status_that_rests_at_own_request_is_not_told_to_put_anything_right()
    {
        pages.Service.Application("suspended", extra: History("granted", "suspended", "at_own_request"));

        var page = await Read("/recruiters");

        Assert.Contains("Your status rests at your own request", First(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Put right what led", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawal_is_read_in_the_words_that_the_decision_maker_chose()
    {
        foreach (var (code, words) in await Choices("withdraw-reason"))
        {
            pages.Service.Application("withdrawn", extra: History("granted", "withdrawn", code, "Two fees are owed.\\nNobody answers."));

            var page = await Read("/recruiters");

            Assert.Contains($"<p class=\"kept\">The reason given: {words}. Two fees are owed.\nNobody answers.</p>", page, StringComparison.Ordinal);
            await SaysNoCode(page, code, $"withdrawn: {words}");
        }
    }

    [Fact]
    public async Task A_restored_status_says_first_since_when_and_why_in_the_lines_in_which_it_was_written()
    {
        pages.Service.Application("granted", extra: $""","history":[{Restored}]""");

        var page = await Read("/recruiters");

        Assert.Contains("Your status was restored on 2026-03-01.", First(page), StringComparison.Ordinal);
        Assert.Contains("<p class=\"kept\">The reasons given: The audit was let in.\nThe records are kept up.</p>", First(page), StringComparison.Ordinal);
        Assert.Contains("<span class=\"kept\">granted: Status restored. The audit was let in.\nThe records are kept up.</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_longer_the_newest_step_stands_only_in_the_history()
    {
        pages.Service.Application("suspended", extra: $$""","history":[{{Restored}},{"number":10,"from":"granted","to":"suspended","at":"2026-04-01T08:00:00Z","reason":"audit_refused"}]""");

        var first = First(await Read("/recruiters"));

        Assert.Contains("suspended on 2026-04-01. The reason given: Audit refused.", first, StringComparison.Ordinal);
        Assert.DoesNotContain("restored on", first, StringComparison.Ordinal);
        Assert.DoesNotContain("The audit was let in.", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_just_granted_speaks_of_no_restoring()
    {
        pages.Service.Application("granted", extra: ""","history":[{"number":7,"from":"ready_for_decision","to":"granted","at":"2026-03-01T08:00:00Z"}]""");

        Assert.DoesNotContain("restored", First(await Read("/recruiters")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_scheme_manager_asks_keeps_its_lines_and_its_own_words()
    {
        pages.Service.Application("deferred", extra: ""","history":[{"number":3,"from":"submitted","to":"deferred","at":"2026-03-01T08:00:00Z","reason":"Attach:\n- the file licence_2026"}]""");

        var page = await Read("/recruiters");

        Assert.Contains("<p class=\"notice warn kept\">The scheme manager asks: Attach:\n- the file licence_2026</p>", page, StringComparison.Ordinal);
        Assert.Contains("<span class=\"kept\">deferred: Attach:\n- the file licence_2026</span>", page, StringComparison.Ordinal);
    }

    /// <summary>Neither the recruiter's page nor the history that the scheme manager reads; that says the step in words too.</summary>
    private async Task SaysNoCode(string page, string code, string step)
    {
        pages.ReaderRoles = [Roles.SchemeManager];
        var scheme = await Read($"/auditors/scheme/application/{Answering.Id}");
        Assert.Contains(step, scheme, StringComparison.Ordinal);
        if (!code.Contains('_', StringComparison.Ordinal)) return; // a plain word may stand elsewhere
        Assert.DoesNotContain(code, page, StringComparison.Ordinal);
        Assert.DoesNotContain(code, scheme, StringComparison.Ordinal);
    }

    /// <summary>The list from which a decision maker chooses: code and words.</summary>
    private async Task<IReadOnlyList<(string Code, string Words)>> Choices(string list)
    {
        pages.ReaderRoles = [Roles.DecisionMaker];
        pages.Service.Application("granted");
        var options = Regex.Match(await Read($"/auditors/decision/{Answering.Id}"), $"<select id=\"{list}\".*?</select>", RegexOptions.Singleline).Value;
        var choices = Regex.Matches(options, "<option value=\"([a-z_]+)\"[^>]*>([^<]+)</option>").Select(m => (m.Groups[1].Value, m.Groups[2].Value)).ToList();
        Assert.True(choices.Count >= 4, "the list of reasons was not found");
        return choices;
    }

    private static string First(string page) => Regex.Match(page, "<section class=\"card first\">.*?</section>", RegexOptions.Singleline).Value;

    private async Task<string> Read(string address) => WebUtility.HtmlDecode(await pages.Client.GetStringAsync(address));

    private static string History(string from, string to, string reason, string? rationale = null) =>
        $$""","history":[{"number":8,"from":"{{from}}","to":"{{to}}","at":"2026-03-01T08:00:00Z","reason":"{{reason}}"{{(rationale is null ? "" : $",\"rationale\":\"{rationale}\"")}}}]""";
}
