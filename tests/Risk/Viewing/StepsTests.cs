using Recruitment.Risk.Editions;
using Recruitment.Risk.Viewing;

namespace Recruitment.Risk.Tests.Viewing;

public sealed class StepsTests
{
    private static readonly DateOnly Day = new(2026, 11, 20);

    [Fact]
    public void What_ended_where_it_began_is_no_change() =>
        Assert.Equal(["site: -60"], Said(60, Change("site", null, 60), Change("accreditation", 51, 51, 1), Change("daily_edition", 60, 60, 2)));

    [Fact]
    public void Causes_of_one_day_stand_in_the_order_in_which_their_figures_connect() =>
        Assert.Equal(["site: 60-51", "accreditation: 51-46", "self_assessment: 46-42"], Said(42, Change("accreditation", 51, 46), Change("self_assessment", 46, 42), Change("site", 60, 51)));

    [Fact]
    public void Causes_that_took_turns_are_one_step_from_where_the_day_before_ended_to_where_the_day_ended() =>
        Assert.Equal(["site: -60", "self_assessment+site: 60-42", "daily_edition: 42-40"],
            Said(40, Change("site", null, 60), Change("site", 60, 42, 1), Change("self_assessment", 51, 46, 1), Change("daily_edition", 42, 40, 2)));

    [Fact]
    public void On_the_last_day_the_end_is_the_figure_of_now() =>
        Assert.Equal(["recruiter_declared+site: 60-46"], Said(46, Change("site", 60, 51), Change("recruiter_declared", 42, 46)));

    [Fact]
    public void Causes_that_came_back_to_where_the_day_began_changed_nothing() =>
        Assert.Equal(["site: -60"], Said(60, Change("site", null, 60), Change("site", 60, 42, 1), Change("self_assessment", 51, 60, 1)));

    private static IEnumerable<string> Said(int now, params ScoreChange[] changes) => Steps.Of(changes, now).Select(s => $"{s.Cause}: {s.Before}-{s.After}");

    private static ScoreChange Change(string cause, int? before, int after, int day = 0) =>
        new() { SiteId = Guid.Empty, Topic = "wages", Day = Day.AddDays(day), Cause = cause, Before = before, After = after };
}
