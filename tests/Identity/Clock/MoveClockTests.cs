using System.Net;
using System.Net.Http.Json;

namespace Recruitment.Identity.Tests.Clock;

public sealed class MoveClockTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task An_administrator_moves_the_demonstration_forward_and_never_back()
    {
        using var administrator = app.Bearing(await app.TokenFor("admin@open-hand.example"));

        var (later, earlier) = (Day(60), Day(30));
        var moved = await administrator.PostAsJsonAsync("api/v1/identity/demonstration/clock", new { to = later });
        var back = await administrator.PostAsJsonAsync("api/v1/identity/demonstration/clock", new { to = earlier });

        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Contains(later, await administrator.GetStringAsync("api/v1/identity/demonstration/clock"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, back.StatusCode);
    }

    private static string Day(int ahead) => DateTime.UtcNow.AddDays(ahead).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
