using Microsoft.EntityFrameworkCore;
using Recruitment.Contracts.Suppliers;

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
            for (var row = 0; row < 5; row++) db.Publish(new SupplyRelationChanged { RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, BrandPartyId = Guid.Empty, SupplierPartyId = Guid.Empty, Status = "open" });
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
            // Recovery is promised within half a minute, a start and a look into the table included.
            Assert.InRange(OutboxRows.Lease, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15));
        });
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
