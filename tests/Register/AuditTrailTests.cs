using Recruitment.Testing;

namespace Recruitment.Register.Tests;

/// <summary>What the database itself holds of this service's audit trail, whatever the code forgets.</summary>
public sealed class AuditTrailTests(RegisterApp app) : IClassFixture<RegisterApp>
{
    [Fact]
    public async Task Nobody_changes_or_takes_away_an_entry()
    {
        var stop = TestContext.Current.CancellationToken;

        Assert.Empty(await AuditTrails.NotRefused<RegisterDb>(app.Host.Services, stop));
    }
}
