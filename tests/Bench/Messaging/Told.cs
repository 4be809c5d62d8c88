using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Recruitment.Contracts.Suppliers;
using Recruitment.Platform;

namespace Recruitment.Bench.Messaging;

/// <summary>What a sender changes and a hearer writes down: one small row for each event, the same for ours and for the peer.</summary>
internal sealed class Told
{
    public Guid Id { get; init; }
    public long Sequence { get; init; }

    public static SupplyRelationChanged Event() => new()
    {
        RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, BrandPartyId = Guid.CreateVersion7(), SupplierPartyId = Guid.CreateVersion7(), Status = "open",
        SupplierName = "Heron Works Limited, Canal Road",
    };
}

/// <summary>A service's database of its own, for no more than this row.</summary>
internal abstract class ToldDb(DbContextOptions options) : ServiceDb(options)
{
    public DbSet<Told> Tellings => Set<Told>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.KeepDueWork();
        // No key: a message handled twice would be counted twice.
        modelBuilder.Entity<Told>().ToTable("Tellings").Property<long>("Number").UseIdentityAlwaysColumn();
        modelBuilder.Entity<Told>().HasKey("Number");
    }
}

internal sealed class PostgresToldDb(DbContextOptions<PostgresToldDb> options) : ToldDb(options);

internal sealed class SqliteToldDb(DbContextOptions<SqliteToldDb> options) : ToldDb(options);

/// <summary>Ours: hears it through the inbox.</summary>
internal sealed class KeepWhenRelationChanged(ToldDb db) : IConsumesMany<SupplyRelationChanged>
{
    public Task Consume(IReadOnlyList<SupplyRelationChanged> happened, CancellationToken stop)
    {
        db.Tellings.AddRange(happened.Select(told => new Told { Id = told.RelationId, Sequence = told.Sequence }));
        return Task.CompletedTask;
    }
}

/// <summary>The peer's: writes the same row, and commits it before the broker is told that the message was handled.</summary>
internal sealed class PlainConsumer(ToldDb db) : IConsumer<SupplyRelationChanged>
{
    public async Task Consume(ConsumeContext<SupplyRelationChanged> context)
    {
        db.Tellings.Add(new Told { Id = context.Message.RelationId, Sequence = context.Message.Sequence });
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
