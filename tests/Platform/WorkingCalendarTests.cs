using System.Globalization;

namespace Recruitment.Platform.Tests;

/// <summary>A deadline names where it is: which day it is there, which days are worked on, and when the day is over.</summary>
public sealed class WorkingCalendarTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-calendars-").FullName;

    private static WorkingCalendar Thailand => WorkingCalendars.Load("no such folder").Single(c => c.Name == "THA");

    [Theory]
    [InlineData("")]
    [InlineData("th-TH")]
    [InlineData("my-MM")]
    [InlineData("vi-VN")]
    public void A_deadline_over_a_holiday_and_a_weekend_ends_on_the_next_working_day_whatever_the_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            // Songkran is on Monday to Wednesday in 2026; the weekend is before it.
            Assert.Equal(new DateOnly(2026, 4, 16), Thailand.WorkingDay(new(2026, 4, 11)));
            Assert.Equal(new DateOnly(2026, 4, 16), Thailand.WorkingDay(new(2026, 4, 15)));
            Assert.Equal(new DateOnly(2026, 4, 17), Thailand.WorkingDay(new(2026, 4, 17)));
            // New Year's Eve, New Year's Day, a weekend.
            Assert.Equal(new DateOnly(2027, 1, 4), Thailand.WorkingDay(new(2026, 12, 31)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_day_begins_and_ends_at_midnight_in_Bangkok_and_not_at_that_of_the_server()
    {
        var lastMoment = new DateTime(2026, 5, 1, 16, 59, 59, DateTimeKind.Utc);

        Assert.Equal(new DateOnly(2026, 5, 1), Thailand.DayOf(lastMoment));
        Assert.Equal(new DateOnly(2026, 5, 2), Thailand.DayOf(lastMoment.AddSeconds(1)));
        Assert.Equal(lastMoment.AddSeconds(1), Thailand.EndOf(new(2026, 5, 1)));
    }

    [Fact]
    public void Every_calendar_that_comes_along_says_where_it_is_from_and_how_far_it_was_checked()
    {
        using var file = typeof(WorkingCalendar).Assembly.GetManifestResourceStream(WorkingCalendars.FileName)!;
        using var json = System.Text.Json.JsonDocument.Parse(file);

        Assert.All(json.RootElement.GetProperty("calendars").EnumerateArray(), c =>
        {
            Assert.NotEmpty(c.GetProperty("source").GetString()!);
            Assert.Contains(c.GetProperty("review").GetString(), (string[])["unchecked", "checked", "not needed"]);
        });
    }

    [Fact]
    public void An_operators_file_takes_the_place_of_those_that_come_along()
    {
        File.WriteAllText(Path.Combine(folder, WorkingCalendars.FileName), Own("Friday"));

        var own = Assert.Single(WorkingCalendars.Load(folder));

        Assert.Equal(("HERE", new DateOnly(2027, 3, 9)), (own.Name, own.WorkingDay(new(2027, 3, 8))));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("Caturday")]
    public void A_broken_file_is_refused_with_a_sentence_that_names_it(string what)
    {
        var file = Path.Combine(folder, WorkingCalendars.FileName);
        File.WriteAllText(file, what.StartsWith('{') ? what : Own(what));

        var refused = Assert.Throws<InvalidOperationException>(() => WorkingCalendars.Load(folder));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Own(string dayOff) => $$"""
        {"calendars": [{"name": "HERE", "zone": "Asia/Yangon", "weeklyOff": ["{{dayOff}}"], "source": "A test.", "review": "checked", "asOf": "2027-01-01", "recheckAfter": "2027-12-31",
        "holidays": [{"date": "2027-03-08", "name": "A holiday"}]}]}
        """;
}
