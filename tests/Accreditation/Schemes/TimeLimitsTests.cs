using Microsoft.Extensions.Options;
using Recruitment.Accreditation.Schemes;
using Recruitment.Platform;
using Recruitment.Testing;

namespace Recruitment.Accreditation.Tests.Schemes;

/// <summary>Time limits name a calendar, and somebody who has to act by a last day gets one on which people work.</summary>
public sealed class TimeLimitsTests
{
    private static readonly IReadOnlyList<WorkingCalendar> Calendars = WorkingCalendars.Load("no such folder");
    private static readonly TimeLimits Limits = TimeLimits.Load(Calendars)!;

    [Fact]
    public void The_file_names_the_calendar_and_a_setting_takes_its_place()
    {
        Assert.Equal(("THA", "Asia/Bangkok"), (Limits.Calendar.Name, Limits.Calendar.Zone.Id));
        Assert.Equal("UTC", TimeLimits.Load(Calendars, "UTC")!.Calendar.Name);
    }

    [Fact]
    public async Task A_calendar_that_is_none_stops_the_start() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => ServiceHost<Program>.Start("accreditation", new Dictionary<string, string> { ["Accreditation:Calendar"] = "MOON" }));

    [Fact]
    public void What_somebody_has_to_do_by_a_day_ends_on_a_working_day_and_a_validity_on_its_own()
    {
        // Sixty days on is a Saturday.
        Assert.Equal(new DateOnly(2027, 2, 8), Limits.Deferral(new(2026, 12, 8)));
        // Six months on is a Sunday.
        Assert.Equal(new DateOnly(2027, 5, 31), Limits.Suspension(new(2026, 11, 30)));
        // Songkran, Tuesday to Thursday in 2027.
        Assert.Equal(new DateOnly(2027, 4, 16), Limits.Audit(new(2027, 1, 13)));
        Assert.Equal(new DateOnly(2027, 1, 2), Limits.Validity(new(2024, 1, 2)));
    }

    [Fact]
    public void What_began_before_that_rule_ends_as_it_was_said_then() => Assert.Equal(new DateOnly(2026, 12, 12), Limits.Deferral(new(2026, 10, 13)));

    [Fact]
    public void A_validity_ends_soon_ninety_days_before_its_last_day() =>
        Assert.Equal(new DateOnly(2029, 9, 2), Limits.ValidityReminder(new(2026, 12, 1), new(2029, 12, 1)));
}
