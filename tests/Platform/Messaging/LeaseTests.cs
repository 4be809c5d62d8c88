using System.Collections.Concurrent;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform.Tests.Due;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>What one replica is sending no other sends; what one that died was sending another sends soon after.</summary>
public sealed class LeaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-lease-").FullName;
    private readonly DateTime now = DateTime.UtcNow.AddYears(1); // after everything that the pair's own relay does with its clock

    [Fact]
    public async Task Rows_that_one_replica_has_taken_are_left_to_it_until_its_lease_ends()
    {
        await using var pair = await Pair.Start(folder);
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await pair.InSender(async db =>
        {
            // Within one transaction, so that the pair's own relay takes none of them.
            await using var together = await db.Database.BeginTransactionAsync();
            for (var row = 0; row < 5; row++) db.Publish(Relation());
            await db.SaveChangesAsync();

            var first = await OutboxRows.Claim(db, bulk: false, 3, one, OutboxRows.Lease, now, CancellationToken.None);
            var second = await OutboxRows.Claim(db, bulk: false, 100, other, OutboxRows.Lease, now, CancellationToken.None);
            var nothing = await OutboxRows.Claim(db, bulk: false, 100, one, OutboxRows.Lease, now + OutboxRows.Lease - TimeSpan.FromSeconds(1), CancellationToken.None);
            var afterItDied = await OutboxRows.Claim(db, bulk: false, 100, other, OutboxRows.Lease, now + OutboxRows.Lease + TimeSpan.FromSeconds(1), CancellationToken.None);

            Assert.Equal((3, 2), (first.Count, second.Count));
            Assert.Empty(first.Select(r => r.Id).Intersect(second.Select(r => r.Id)));
            Assert.Empty(nothing);
            Assert.Equal(5, afterItDied.Count);
            Assert.All(afterItDied, r => Assert.Equal(other, r.LeaseOwner));
        });
    }

    [Fact]
    public async Task Of_what_goes_slowly_one_after_the_other_nothing_is_begun_that_might_end_after_its_lease()
    {
        var time = new MovedTime();
        await using var pair = await Pair.Start(folder, time: time);
        var bus = new SlowBus(pair, time);
        pair.Services.GetRequiredService<IBusControl>().ConnectPublishObserver(bus);
        await pair.InSender(async db =>
        {
            for (var row = 0; row < 3; row++)
            {
                db.Publish(Relation());
                db.Publish(new PartyChanged { PartyId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, Kind = "brand", Name = "Heron Works", Country = "THA", Status = "active" });
                db.Publish(new SiteChanged { SiteId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, PartyId = Guid.Empty, Name = "Heron Works", Address = "1 Example Road", Country = "THA", Status = "active" });
            }
            await db.SaveChangesAsync();
        });
        // Three types that failed: each goes by itself from now on.
        await Wait.Until(() => Task.FromResult(bus.Refused.Count == 9), "everything was refused once");
        bus.Refuses = false;
        time.Move(TimeSpan.FromMinutes(1));

        await Wait.Until(async () => await pair.Waiting() == 0, "everything went");

        Assert.Equal(9, bus.LeftOfLease.Count);
        Assert.All(bus.LeftOfLease, left => Assert.True(left > OutboxRows.Deadline));
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static SupplyRelationChanged Relation() =>
        new() { RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, BrandPartyId = Guid.Empty, SupplierPartyId = Guid.Empty, Status = "open" };

    /// <summary>Refuses everything, and later takes over a second for each message; what is then left of the message's lease it notes first.</summary>
    private sealed class SlowBus(Pair pair, MovedTime time) : IPublishObserver
    {
        public volatile bool Refuses = true;

        public ConcurrentDictionary<Guid, bool> Refused { get; } = [];

        public ConcurrentBag<TimeSpan> LeftOfLease { get; } = [];

        public async Task PrePublish<T>(PublishContext<T> context)
            where T : class
        {
            var id = context.MessageId!.Value;
            if (Refuses)
            {
                Refused[id] = true;
                throw new InvalidOperationException("Refused.");
            }
            var began = time.Now;
            await pair.InSender(async db => LeftOfLease.Add((await db.Outbox.SingleAsync(m => m.Id == id)).LeaseUntil!.Value - began));
            time.Move(TimeSpan.FromSeconds(1.2));
        }

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
