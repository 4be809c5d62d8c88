using Recruitment.Testing;

namespace Recruitment.Identity.Tests;

/// <summary>No table of this service has a row policy; docs/tables-without-policy.txt says of each why, and a new one must say so or get one.</summary>
public sealed class TablesWithoutPolicyTests(IdentityApp app) : IClassFixture<IdentityApp>
{
    [Fact]
    public async Task Every_table_without_a_row_policy_is_written_down_with_the_reason()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, "SQLite has no row policies.");
        Assert.Empty(await RowPolicies.NotAsWrittenDown(app.Database, "Identity", TestContext.Current.CancellationToken));
    }
}
