using Recruitment.Testing;

namespace Recruitment.Web.Tests;

/// <summary>No table of the web has a row policy; docs/tables-without-policy.txt says of each why, and a new one must say so or get one.</summary>
public sealed class TablesWithoutPolicyTests(SignIn.WebHost app) : IClassFixture<SignIn.WebHost>
{
    [Fact]
    public async Task Every_table_without_a_row_policy_is_written_down_with_the_reason()
    {
        Assert.SkipUnless(RowPolicies.OnPostgres, "SQLite has no row policies.");
        Assert.Empty(await RowPolicies.NotAsWrittenDown(RowPolicies.ConnectionString(app.Services, "web"), "Web", TestContext.Current.CancellationToken));
    }
}
