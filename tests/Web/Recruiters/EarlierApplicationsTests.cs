using System.Net;
using System.Text.RegularExpressions;

namespace Recruitment.Web.Tests.Recruiters;

/// <summary>What a recruiter sent, what was found and what binds it stays readable when an application has ended, also beside a new one.</summary>
public sealed class EarlierApplicationsTests : IAsyncLifetime
{
    private static readonly Guid Older = Guid.Parse("0194a000-0000-7000-8000-0000000000aa");

    private const string Plan = ""","jobseekerPlan":{"money":"The employer pays back\nevery fee.","papers":"Given back.","contracts":"Honoured.","travel":"The bus home is paid."}""";

    private const string Suspended = """{"number":8,"from":"granted","to":"suspended","at":"2026-03-01T08:00:00Z","reason":"audit_refused"}""";

    private static readonly string Withdrawn =
        $$"""{{Plan}},"history":[{{Suspended}},{"number":9,"from":"suspended","to":"withdrawn","at":"2026-04-01T08:00:00Z","reason":"findings_not_closed","rationale":"Two fees are owed."}]""";

    private static readonly string Refused =
        $$""","rationale":"Fees were taken.","decidedOn":"2026-03-04","history":[{"number":2,"from":"draft","to":"submitted","at":"2026-02-01T08:00:00Z"},{"number":7,"from":"ready_for_decision","to":"refused","at":"2026-03-04T08:00:00Z"}]{{Answering.Basis}}""";

    private readonly PagesOfAssessment pages = new();

    public ValueTask InitializeAsync() => pages.InitializeAsync();

    public ValueTask DisposeAsync() => pages.DisposeAsync();

    [Fact]
    public async Task The_plan_of_a_withdrawn_status_stands_beside_the_new_application_with_the_withdrawal()
    {
        pages.Service.Application("draft");
        pages.Service.And(Older, "withdrawn", extra: Withdrawn);

        var page = await Read("/recruiters");

        Assert.Contains("Send your application", page, StringComparison.Ordinal);
        Assert.Contains("<h2>Your status was withdrawn on 2026-04-01.</h2>", page, StringComparison.Ordinal);
        Assert.Matches("<details>\\s*<summary>The reason given</summary>\\s*<p class=\"kept\">Findings not put right. Two fees are owed.</p>", page);
        foreach (var words in (string[])["Plan for jobseekers in process", "suspended on 2026-03-01", "<dd class=\"kept\">The employer pays back\nevery fee.</dd>", "Given back.", "Honoured.", "The bus home is paid."])
            Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("The bus home", StringComparison.Ordinal) < page.IndexOf("class=\"steps\"", StringComparison.Ordinal), "the plan does not stand above what can wait");
    }

    [Theory]
    [InlineData("submitted", "suspended", "Your status ended with its last day, 2026-05-01.")]
    [InlineData("granted", "granted", "Your status ended with its last day, 2026-05-01.")]
    [InlineData("refused", "withdrawn", "Your status was withdrawn on 2026-04-01.")]
    public async Task So_does_every_other_whatever_became_of_the_status_and_of_what_was_applied_for_since(string newer, string older, string ending)
    {
        pages.Service.Application(newer);
        pages.Service.And(Older, older, extra: $",\"validTo\":\"2026-05-01\"{Withdrawn}", line: older == "withdrawn" ? "" : ",\"publicStatus\":\"expired\"");
        var oldest = Guid.Parse("0193a000-0000-7000-8000-0000000000aa");
        pages.Service.And(oldest, "withdrawn", extra: Withdrawn.Replace("The bus home", "The boat home", StringComparison.Ordinal));

        var page = await Read("/recruiters");

        Assert.Contains(ending, page, StringComparison.Ordinal);
        Assert.Contains("The bus home is paid.", page, StringComparison.Ordinal);
        Assert.Contains("The boat home is paid.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_application_without_a_plan_is_only_named_with_the_day_it_was_begun()
    {
        pages.Service.Application("draft");
        pages.Service.And(Older, "refused", extra: Refused, line: ",\"begunOn\":\"2026-01-30\"");

        var page = await Read("/recruiters");

        Assert.Contains($"<a href=\"/recruiters/earlier/{Older}\">Begun on 2026-01-30: refused</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Plan for jobseekers", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_that_ended_is_read_with_its_findings_its_history_and_what_was_sent()
    {
        pages.Service.Application("refused", extra: Refused);

        var page = await Read("/recruiters");

        Reads(page[page.IndexOf("<h2 id=\"last\">Your last application</h2>", StringComparison.Ordinal)..], Answering.Id);
        Assert.DoesNotContain("Earlier applications", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_one_is_read_in_the_same_way_while_another_is_under_way()
    {
        pages.Service.Application("draft");
        pages.Service.And(Older, "refused", extra: Refused);

        var page = await Read($"/recruiters/earlier/{Older}");

        Assert.Contains("This application was refused on 2026-03-04.", page, StringComparison.Ordinal);
        Assert.Contains("The reason given: Fees were taken.", page, StringComparison.Ordinal);
        Reads(page, Older);
    }

    [Fact]
    public async Task A_withdrawn_one_is_read_with_its_plan()
    {
        pages.Service.Application("draft");
        pages.Service.And(Older, "withdrawn", extra: Withdrawn);

        Assert.Contains("The bus home is paid.", await Read($"/recruiters/earlier/{Older}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_under_way_has_its_place_on_the_first_page()
    {
        pages.Service.Application("draft");

        Assert.Equal("/recruiters", (await pages.Client.GetAsync($"/recruiters/earlier/{Answering.Id}")).Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/recruiters/earlier/{0}")]
    [InlineData("/recruiters/assessment/A?application={0}")]
    [InlineData("/recruiters/evidence?handler=File&application={0}&id=0195a000-0000-7000-8000-0000000000ee")]
    public async Task One_that_the_service_does_not_give_is_not_there(string address)
    {
        pages.Service.Application("refused", extra: Refused);

        var answer = await pages.Client.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, Guid.CreateVersion7()));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("refused", "")]
    [InlineData("draft", "?application=0194a000-0000-7000-8000-0000000000aa")]
    public async Task Answers_and_evidence_that_were_sent_are_read_and_cannot_be_changed(string newest, string query)
    {
        pages.Service.Application(newest, extra: newest == "refused" ? Refused : "");
        if (newest == "draft") pages.Service.And(Older, "refused", extra: Refused);

        var answers = Body(await Read($"/recruiters/assessment/A{query}"));
        var evidence = Body(await Read($"/recruiters/evidence{query}"));

        Assert.Contains("Answer: <strong>Partly</strong>", answers, StringComparison.Ordinal);
        Assert.Contains("Renewal is under way.", answers, StringComparison.Ordinal);
        Assert.Contains("A1-01: Operating licence", evidence, StringComparison.Ordinal);
        Assert.All([answers, evidence], page =>
        {
            Assert.Contains("Sent on 2026-02-01. This application was refused on 2026-03-04.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_file_of_an_earlier_application_opens_while_another_is_under_way()
    {
        pages.Service.Application("draft");
        pages.Service.And(Older, "refused", extra: Refused);
        pages.Service.Answers[$"GET /api/v1/accreditation/applications/{Older}/evidence/{Answering.Evidence}"] = (HttpStatusCode.OK, "licence-bytes");

        var link = Regex.Match(await Read($"/recruiters/evidence?application={Older}"), "<a href=\"([^\"]+handler=File[^\"]+)\"").Groups[1].Value;

        Assert.Equal("licence-bytes", await pages.Client.GetStringAsync(link));
    }

    private static void Reads(string page, Guid id)
    {
        Assert.Contains($"href=\"/recruiters/assessment/A?application={id}\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/recruiters/evidence?application={id}\"", page, StringComparison.Ordinal);
        Assert.Contains("The licence ends in May.", page, StringComparison.Ordinal);
        Assert.Contains("<time>2026-02-01</time>", page, StringComparison.Ordinal);
    }

    /// <summary>Without the forms of the layout.</summary>
    private static string Body(string page) => Regex.Match(page, "<h1>.*</main>", RegexOptions.Singleline).Value is { Length: > 0 } body ? body : throw new InvalidOperationException("The page has no body.");

    private async Task<string> Read(string address) => WebUtility.HtmlDecode(await pages.Client.GetStringAsync(address));
}
