using System.Net;
using System.Text.RegularExpressions;
using Recruitment.Web.Tests.Recruiters;

namespace Recruitment.Web.Tests.Operators;

public sealed partial class ClockPageTests(PagesOfAssessment pages) : IClassFixture<PagesOfAssessment>
{
    private const string Clock = "GET /api/v1/identity/demonstration/clock";
    private const string Next = "GET /api/v1/grievances/releases/next";

    [Fact]
    public async Task After_the_clock_was_moved_to_a_release_the_page_speaks_of_the_one_after_it()
    {
        Answer("2026-11-25", "2027-01-15");
        var shown = await Shown();
        var asked = 0;
        pages.Service.Asked = call =>
        {
            if (call.StartsWith("POST", StringComparison.Ordinal)) Answer("2027-01-15", "2027-01-15");
            else if (call == Next && pages.Service.Calls.Count > 0 && ++asked == 3) Answer("2027-01-15", "2027-04-12");
        };

        using var moved = await pages.Post("/operators/clock", "/operators/clock?handler=Release", ("shown", shown));
        var page = await pages.Client.GetStringAsync("/operators/clock");

        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        Assert.Equal(("POST /api/v1/identity/demonstration/clock", """{"to":"2027-01-15"}"""), Assert.Single(pages.Service.Calls));
        pages.Service.Calls.Clear();
        Assert.Contains("due on <strong>2027-04-12", page, StringComparison.Ordinal);
        Assert.DoesNotContain("is being made", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_a_release_is_being_made_the_page_says_so_and_does_not_offer_to_move_to_it()
    {
        pages.Service.Asked = null;
        Answer("2027-01-15", "2027-01-15");

        var page = await pages.Client.GetStringAsync("/operators/clock");

        Assert.Contains("is being made", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Move to the next release day", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "2026-11-28", "2027-01-15")]
    [InlineData("?handler=Release", "2026-11-28", "2027-01-15")]
    [InlineData("", "2026-11-25", "2027-04-12")]
    [InlineData("?handler=Release", "2026-11-25", "2027-04-12")]
    public async Task A_page_that_shows_other_days_than_those_of_now_moves_nothing(string form, string today, string dueOn)
    {
        pages.Service.Asked = null;
        Answer("2026-11-25", "2027-01-15");
        var shown = await Shown();
        Answer(today, dueOn);

        var page = await (await pages.Post("/operators/clock", $"/operators/clock{form}", ("shown", shown), ("to", "2026-12-24"))).Content.ReadAsStringAsync();

        Assert.Empty(pages.Service.Calls);
        Assert.Contains("Nothing was moved.", page, StringComparison.Ordinal);
        Assert.Contains($"Today is <strong>{today}</strong>", page, StringComparison.Ordinal);
        Assert.Contains($"due on <strong>{dueOn}</strong>", page, StringComparison.Ordinal);
        Assert.Equal($"{today} {dueOn}", ShownField().Match(page).Groups[1].Value);
    }

    [Fact]
    public async Task A_day_is_moved_to_from_the_page_that_shows_the_days_of_now()
    {
        pages.Service.Asked = null;
        Answer("2026-11-25", "2027-01-15");

        using var moved = await pages.Post("/operators/clock", "/operators/clock", ("shown", await Shown()), ("to", "2026-12-24"));

        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        Assert.Equal(("POST /api/v1/identity/demonstration/clock", """{"to":"2026-12-24"}"""), Assert.Single(pages.Service.Calls));
        pages.Service.Calls.Clear();
    }

    private async Task<string> Shown() => ShownField().Match(await pages.Client.GetStringAsync("/operators/clock")).Groups[1].Value;

    [GeneratedRegex("name=\"shown\" value=\"([^\"]+)\"")]
    private static partial Regex ShownField();

    private void Answer(string today, string dueOn)
    {
        pages.Service.Answers[Clock] = (HttpStatusCode.OK, $$"""{"today":"{{today}}"}""");
        pages.Service.Answers[Next] = (HttpStatusCode.OK, $$"""{"period":"2026-Q4","dueOn":"{{dueOn}}"}""");
    }
}
