using System.Net;
using System.Net.Http.Json;

namespace Recruitment.Identity.Tests.Clock;

public sealed class MoveClockTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task An_administrator_moves_the_demonstration_forward_and_never_back()
    {
        using var administrator = app.Bearing(await app.TokenFor("admin@open-hand.example"));

        var moved = await administrator.PostAsJsonAsync("api/v1/identity/demonstration/clock", new { to = "2099-03-01" });
        var back = await administrator.PostAsJsonAsync("api/v1/identity/demonstration/clock", new { to = "2099-02-01" });

        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);
        Assert.Contains("2099-03-01", await administrator.GetStringAsync("api/v1/identity/demonstration/clock"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, back.StatusCode);
    }
}
