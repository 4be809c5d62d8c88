using Recruitment.Testing;

namespace Recruitment.Reports.Tests;

/// <summary>What the database itself holds of this service's audit trail, whatever the code forgets.</summary>
public sealed class AuditTrailTests(ReportsApp app) : IClassFixture<ReportsApp>
{
    [Fact]
    public async Task Nobody_changes_or_takes_away_an_entry_and_no_other_organisation_reads_it()
    {
        var stop = TestContext.Current.CancellationToken;

        Assert.Empty(await AuditTrails.NotRefused<ReportsDb>(app.Services, stop));
        if (RowPolicies.OnPostgres) Assert.Empty(await AuditTrails.SeenByOthers(RowPolicies.ConnectionString(app.Services, "reports"), stop));
    }
}
