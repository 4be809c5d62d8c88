using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Recruitment.Identity.People;
using Recruitment.Testing;

namespace Recruitment.Identity.Tests.People;

public sealed class PrintSetUpLinkTests
{
    [Fact]
    public async Task A_replica_that_starts_while_the_first_administrator_joins_makes_no_link_for_another()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }, "A SQLite file has one writer at a time.");
        await using var host = await ServiceHost<Program>.Start("identity", new Dictionary<string, string> { ["Mode"] = "operation" });
        var print = host.Services.GetServices<IHostedService>().OfType<PrintSetUpLink>().Single();
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var before = await db.Links.CountAsync(TestContext.Current.CancellationToken);

        await using var joining = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        Assert.True(await FirstAdministrator.IsMissing(db, CancellationToken.None));
        Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Person>>().CreateAsync(Person.New("first@operator.example"), "four quiet words here")).Succeeded);
        var starting = Task.Run(() => print.StartAsync(CancellationToken.None), TestContext.Current.CancellationToken);
        await Wait.Until(async () => starting.IsCompleted || await Waits(db), "the other has started, or waits");
        await joining.CommitAsync(TestContext.Current.CancellationToken);
        await starting;

        Assert.Equal(before, await db.Links.CountAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<bool> Waits(IdentityDb db) => await db.Database.SqlQuery<int>(
        $"""SELECT CAST(COUNT(*) AS integer) AS "Value" FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""").SingleAsync() > 0;
}
