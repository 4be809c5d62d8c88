namespace Recruitment.Web.Tests.Recruiters;

/// <summary>Days as the service counts them, where the scheme is.</summary>
public sealed class DaysTests(PagesOfAssessment pages) : IClassFixture<PagesOfAssessment>
{
    [Fact]
    public async Task A_status_that_ends_soon_says_its_last_day_and_when_to_apply_again()
    {
        pages.Service.Application("granted", extra: ""","validTo":"2029-05-01","reminders":[{"deadline":"validity_ends_soon","day":"2029-05-01","saidAt":"2029-02-01T08:00:00Z"}]""");

        var page = await pages.Client.GetStringAsync("/recruiters");

        Assert.Contains("Your status ends soon", page, StringComparison.Ordinal);
        Assert.Contains("Its last day is 2029-05-01. You can apply again on the day after, not before", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_is_dated_where_the_scheme_counts_its_days_and_not_in_UTC()
    {
        pages.Service.Application("submitted", extra: ""","history":[{"number":2,"from":"draft","to":"submitted","at":"2026-03-01T19:00:00Z","on":"2026-03-02"}]""");

        var page = await pages.Client.GetStringAsync("/recruiters");

        Assert.Contains("<time>2026-03-02</time>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-03-01", page, StringComparison.Ordinal);
    }
}
