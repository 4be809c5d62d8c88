using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Register.Tests;

/// <summary>Replicas that are started together on a database without tables make them once.</summary>
public sealed class ReplicasTogetherTests
{
    [Fact]
    public async Task Those_that_start_together_on_a_new_database_wait_for_each_other()
    {
        var postgres = Environment.GetEnvironmentVariable("TEST_POSTGRES");
        Assert.SkipUnless(postgres is { Length: > 0 }, "Needs TEST_POSTGRES; a file has one program.");
        for (var trial = 0; trial < 3; trial++)
        {
            var database = $"{postgres};Database=together_{Guid.CreateVersion7():N}";

            await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
            {
                await using var db = new PostgresRegisterDb(new DbContextOptionsBuilder<PostgresRegisterDb>().UseNpgsql(database).Options);
                await new BringUpToDate("register", database, database).Apply(db, TestContext.Current.CancellationToken);
                Assert.Empty(await db.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
            }));
        }
    }
}
