using System.Net.Http.Json;
using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Register.Tests.Listings;

/// <summary>The register's day is that of its readers: a jobseeker who looks after midnight is not told yesterday's status.</summary>
public sealed class DayTests
{
    [Theory]
    [InlineData("2026-11-30T16:59:00Z", "2026-11-30", "granted")]
    [InlineData("2026-11-30T17:01:00Z", "2026-12-01", "expired")]
    public async Task A_status_ends_with_its_last_day_in_Bangkok(string now, string asOf, string status)
    {
        await using var host = await ServiceHost<Program>.Start("register", services: s => s.HoldBusinessClock(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
        var changed = RegisterApp.Changed(Guid.CreateVersion7(), Guid.CreateVersion7(), "Midnight Heron Staffing") with { ValidTo = new(2026, 11, 30) };
        await host.Deliver(changed);

        var shown = await host.Anonymous().GetFromJsonAsync<JsonElement>($"{RegisterApp.Root}/{changed.RecruiterPartyId}", TestContext.Current.CancellationToken);

        Assert.Equal((asOf, status), (shown.GetProperty("asOf").GetString(), shown.GetProperty("assessments")[0].GetProperty("status").GetString()));
    }
}
