using Recruitment.Testing;

namespace Recruitment.Grievances.Tests;

/// <summary>What the database itself holds of this service's audit trail, whatever the code forgets.</summary>
public sealed class AuditTrailTests(GrievancesApp app) : IClassFixture<GrievancesApp>
{
    [Fact]
    public async Task Nobody_changes_or_takes_away_an_entry()
    {
        var stop = TestContext.Current.CancellationToken;

        Assert.Empty(await AuditTrails.NotRefused<GrievancesDb>(app.Host.Services, stop));
    }
}
