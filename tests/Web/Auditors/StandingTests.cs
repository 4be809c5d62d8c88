using System.Net;
using Recruitment.Platform;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Auditors;

/// <summary>How an application ended or why its status is what it is: read in words by whoever decided and by the auditor, on the page of each.</summary>
public sealed class StandingTests : IAsyncLifetime
{
    private const string Suspended = ""","suspendedUntil":"2026-09-01","history":[{"number":8,"from":"granted","to":"suspended","at":"2026-03-01T08:00:00Z","reason":"system_not_maintained"}],"jobseekerPlan":{"money":"Every fee\nis paid back.","papers":"Given back.","contracts":"Honoured.","travel":"Paid."}""";
    private const string Withdrawn = ""","history":[{"number":9,"from":"suspended","to":"withdrawn","at":"2026-04-01T08:00:00Z","reason":"suspension_not_remedied","rationale":"Two fees are still owed."}],"jobseekerPlan":{"money":"Every fee\nis paid back.","papers":"Given back.","contracts":"Honoured.","travel":"Paid."}""";
    private const string Refused = ""","decidedOn":"2026-04-02","rationale":"Fees were taken.\nTwice.","history":[{"number":7,"from":"ready_for_decision","to":"refused","at":"2026-04-02T08:00:00Z"}]""";

    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Theory]
    [InlineData("decision", Roles.DecisionMaker)]
    [InlineData("decision", Roles.Auditor)]
    [InlineData("audit", Roles.Auditor)]
    public async Task A_refusal_is_read_with_its_day_and_its_reasons(string page, string role)
    {
        var told = await Read(page, role, "refused", Refused);

        Assert.Contains("Refused on 2026-04-02", told, StringComparison.Ordinal);
        Assert.Contains("<p class=\"kept\">The reasons given: Fees were taken.\nTwice.</p>", WebUtility.HtmlDecode(told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decision", Roles.DecisionMaker)]
    [InlineData("decision", Roles.Auditor)]
    [InlineData("audit", Roles.Auditor)]
    public async Task A_suspension_is_read_with_its_reason_in_words_since_when_and_until_when(string page, string role)
    {
        var told = await Read(page, role, "suspended", Suspended);

        foreach (var words in (string[])["Suspended since 2026-03-01, until 2026-09-01", "The reason given: System not kept up.", "<span class=\"tag bad\">suspended</span>"]) Assert.Contains(words, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decision", Roles.DecisionMaker)]
    [InlineData("audit", Roles.Auditor)]
    public async Task A_withdrawal_is_read_with_its_reason_in_words_and_why(string page, string role)
    {
        var told = await Read(page, role, "withdrawn", Withdrawn);

        foreach (var words in (string[])["Withdrawn on 2026-04-01", "The reason given: Suspension not remedied.", "Two fees are still owed.", "<span class=\"tag bad\">withdrawn</span>"]) Assert.Contains(words, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suspended", Suspended)]
    [InlineData("withdrawn", Withdrawn)]
    public async Task The_auditor_reads_the_plan_for_jobseekers_on_the_page_that_she_is_led_to_as_it_was_written(string state, string extra)
    {
        var told = WebUtility.HtmlDecode(await Read("audit", Roles.Auditor, state, extra));

        Assert.Contains("Plan for jobseekers in process", told, StringComparison.Ordinal);
        Assert.Contains("<dd class=\"kept\">Every fee\nis paid back.</dd>", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("granted")]
    [InlineData("suspended")]
    [InlineData("refused")]
    public async Task Whoever_may_not_decide_any_more_reads_no_half_sentence(string state)
    {
        var told = await Read("decision", Roles.DecisionMaker, state, ""","whyNotDecide":"This audit body and the recruiter belong to the same group of owners." """);

        foreach (var half in (string[])["Valid to", "Suspended since", "Refused on", "The reason given"]) Assert.DoesNotContain(half, told, StringComparison.Ordinal);
        Assert.Contains("belong to the same group of owners.", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_day_of_a_status_is_read()
    {
        Assert.Contains("Valid to 2029-03-01.", await Read("decision", Roles.DecisionMaker, "granted", ",\"validTo\":\"2029-03-01\""), StringComparison.Ordinal);
    }

    private Task<string> Read(string page, string role, string state, string extra)
    {
        pages.Service.Application(state, extra: extra);
        pages.ReaderRoles = [role];
        return pages.Client.GetStringAsync($"/auditors/{page}/{Answering.Id}");
    }
}
