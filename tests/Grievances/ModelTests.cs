using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Grievances;

namespace Recruitment.Grievances.Tests;

public sealed class ModelTests
{
    [Fact]
    public void No_migration_is_missing()
    {
        using var sqlite = new SqliteGrievancesDb(new DbContextOptionsBuilder<SqliteGrievancesDb>().UseSqlite("Data Source=none").Options);
        using var postgres = new PostgresGrievancesDb(new DbContextOptionsBuilder<PostgresGrievancesDb>().UseNpgsql("Host=none").Options);

        Assert.False(sqlite.Database.HasPendingModelChanges());
        Assert.False(postgres.Database.HasPendingModelChanges());
    }

    [Fact]
    public void Released_signals_are_all_that_ever_leaves() =>
        Assert.Equal([typeof(SignalsReleased)], typeof(SignalsReleased).Assembly.GetExportedTypes()
            .Where(t => t.Namespace == "Recruitment.Contracts.Grievances" && t != typeof(SignalCell)));

    [Fact]
    public void No_webhook_is_ever_told_of_anything_here()
    {
        using var db = new SqliteGrievancesDb(new DbContextOptionsBuilder<SqliteGrievancesDb>().UseSqlite("Data Source=none").Options);

        Assert.DoesNotContain(db.Model.GetEntityTypes(), t => t.Name.Contains("Webhook", StringComparison.Ordinal));
        Assert.Contains(db.Model.GetEntityTypes(), t => t.Name.EndsWith("DueRow", StringComparison.Ordinal));
    }
}
