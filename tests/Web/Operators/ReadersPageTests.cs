using System.Net;
using Recruitment.Web.Tests.Risk;

namespace Recruitment.Web.Tests.Operators;

public sealed class ReadersPageTests(PagesOfRisk pages) : IClassFixture<PagesOfRisk>
{
    private const string Reader = "0198f0c0-0000-4000-8000-0000000000a1";
    private const string Person = "0198f0c0-0000-7000-8000-0000000000b1";

    [Fact]
    public async Task An_administrator_puts_a_reader_on_the_intake_team()
    {
        Answer(intake: false);
        var token = await pages.Token("/operators/readers");
        pages.Service.Answers[$"/api/v1/grievances/readers/{Reader}/intake"] = (HttpStatusCode.NoContent, "");

        var answer = await Post(token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Contains(pages.Service.Calls, c => c == ($"PUT /api/v1/grievances/readers/{Reader}/intake", """{"intake":true}"""));
    }

    [Fact]
    public async Task Without_an_intake_team_the_page_says_that_intake_is_closed()
    {
        Answer(intake: false);

        var page = await pages.Client.GetStringAsync(new Uri("/operators/readers", UriKind.Relative));

        Assert.Contains("intake is closed", page, StringComparison.Ordinal);
        Assert.Contains("noi@open-hand.example", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_texts_are_not_reviewed_the_page_says_that_intake_stays_closed_whoever_reads()
    {
        Answer(intake: true, closed: "not-approved");

        var page = await pages.Client.GetStringAsync(new Uri("/operators/readers", UriKind.Relative));

        Assert.Contains("Intake stays closed in this installation", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_one_reader_on_the_team_the_page_says_that_another_is_needed()
    {
        Answer(intake: true);

        var page = await pages.Client.GetStringAsync(new Uri("/operators/readers", UriKind.Relative));

        Assert.Contains("Only one reader is on the intake team", page, StringComparison.Ordinal);
        Assert.DoesNotContain("intake is closed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_not_ours_changes_nothing()
    {
        Answer(intake: false);

        Assert.Equal(HttpStatusCode.BadRequest, (await Post("made up")).StatusCode);
        Assert.DoesNotContain(pages.Service.Calls, c => c.Body == """{"intake":false}""");
    }

    [Fact]
    public async Task Who_has_left_counts_no_more_and_what_only_she_can_open_is_said()
    {
        Answer(intake: true, hasLeft: true, holdsAlone: true);

        var page = await pages.Client.GetStringAsync(new Uri("/operators/readers", UriKind.Relative));

        Assert.Contains("intake is closed", page, StringComparison.Ordinal);
        Assert.Contains("has left</span>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("on the team</span>", page, StringComparison.Ordinal);
        Assert.Contains("cases that nobody else can open", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Put on the intake team", page, StringComparison.Ordinal);
    }

    private void Answer(bool intake, bool hasLeft = false, bool holdsAlone = false, string? closed = null)
    {
        pages.Service.Answers["/api/v1/grievances/intake"] = (HttpStatusCode.OK, closed is null ? """{"open":true,"reason":null,"demonstration":true,"begun":null}""" : $$"""{"open":false,"reason":"{{closed}}","demonstration":false,"begun":null}""");
        pages.Service.Answers["/api/v1/grievances/readers"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Reader}}","subject":"{{Person}}","intake":{{(intake ? "true" : "false")}},"hasLeft":{{(hasLeft ? "true" : "false")}},"holdsAlone":{{(holdsAlone ? "true" : "false")}}}],"next":null}""");
        pages.Service.Answers["/api/v1/identity/people"] = (HttpStatusCode.OK, $$"""{"items":[{"id":"{{Person}}","email":"noi@open-hand.example","roles":[]}],"next":null}""");
    }

    private Task<HttpResponseMessage> Post(string token) => pages.Client.PostAsync(new Uri("/operators/readers", UriKind.Relative), new FormUrlEncodedContent(
        new Dictionary<string, string> { ["reader"] = Reader, ["intake"] = token == "made up" ? "false" : "true", ["__RequestVerificationToken"] = token }));
}
