using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Accreditation;
using Recruitment.Contracts.Suppliers;
using Recruitment.Register.Listings;
using Recruitment.Testing;

namespace Recruitment.Register.Tests.Listings;

/// <summary>What Accreditation and Suppliers say of one recruiter comes from two queues, and may be handled at one moment.</summary>
public sealed class TwoQueuesTests(RegisterApp app) : IClassFixture<RegisterApp>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_name_that_its_owner_gives_stands_whoever_commits_last(bool isKnown)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_POSTGRES") is { Length: > 0 }, "A SQLite file has one writer at a time.");
        var recruiter = isKnown ? await app.Granted("Stilt House Placement") : Guid.CreateVersion7();
        await using var scope = app.Host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RegisterDb>();

        await using var first = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Consume(scope, RegisterApp.Changed(Guid.CreateVersion7(), recruiter, "Stilt House Placement Co", 2));
        var second = Task.Run(async () =>
        {
            await using var other = app.Host.Services.CreateAsyncScope();
            await using var transaction = await other.ServiceProvider.GetRequiredService<RegisterDb>().Database.BeginTransactionAsync();
            await Consume(other, RegisterApp.Party(recruiter, "STILT HOUSE PLACEMENT", 9));
            await other.ServiceProvider.GetRequiredService<RegisterDb>().SaveChangesAsync();
            await transaction.CommitAsync();
        }, TestContext.Current.CancellationToken);
        await Wait.Until(async () => second.IsCompleted || await Waits(db), "the other is done, or waits");
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        await first.CommitAsync(TestContext.Current.CancellationToken);
        await second;

        db.ChangeTracker.Clear();
        Assert.Equal(("STILT HOUSE PLACEMENT", true), ((await db.Recruiters.SingleAsync(r => r.Id == recruiter)).Name, (await db.Recruiters.SingleAsync(r => r.Id == recruiter)).IsListed));
    }

    private static Task Consume<T>(AsyncServiceScope scope, T happened) => happened switch
    {
        AccreditationChanged accreditation => scope.ServiceProvider.GetRequiredService<ListRecruiterWhenAccreditationChanged>().Consume(accreditation, CancellationToken.None),
        PartyChanged party => scope.ServiceProvider.GetRequiredService<RenameRecruiterWhenPartyChanged>().Consume(party, CancellationToken.None),
        _ => throw new InvalidOperationException("Neither of the two."),
    };

    private static async Task<bool> Waits(RegisterDb db) =>
        await db.Database.SqlQuery<int>($"""SELECT CAST(COUNT(*) AS integer) AS "Value" FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""").SingleAsync() > 0;
}
