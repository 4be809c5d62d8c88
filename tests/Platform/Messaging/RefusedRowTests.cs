using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>However many rows of one type the bus refuses, those of the same type that were saved with them go.</summary>
public sealed class RefusedRowTests : IDisposable
{
    private const int Refused = 40;
    private const int Good = 5;
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-refused-").FullName;

    [Fact]
    public async Task What_is_refused_holds_up_nothing_of_its_type_and_counts_as_unsent()
    {
        await using var pair = await Pair.Start(folder);
        var bus = new ChoosyBus();
        pair.Services.GetRequiredService<IBusControl>().ConnectPublishObserver(bus);
        await Save(pair, bus, refused: 1, good: 0);
        await Wait.Until(() => Task.FromResult(bus.Tried.Count == 1), "the type is known as one that fails");

        await Save(pair, bus, Refused, Good);

        await Wait.Until(async () => (await pair.Heard()).Count == Good, "the good ones are heard");
        await Wait.Until(() => Task.FromResult(bus.Tried.Count == 1 + Refused), "each of the others was tried");
        await pair.InSender(async db => Assert.Equal(1 + Refused, await db.Outbox.CountAsync(m => !m.Sent)));
    }

    [Fact]
    public async Task A_row_that_holds_no_event_is_never_sent_and_holds_up_nothing()
    {
        await using var pair = await Pair.Start(folder);
        await pair.InSender(async db =>
        {
            // Within one transaction, so that none is sent before it is spoiled.
            await using var together = await db.Database.BeginTransactionAsync();
            for (var i = 0; i < Refused; i++) db.Publish(Relation());
            await db.SaveChangesAsync();
            await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(m => m.Body, "null"));
            for (var i = 0; i < Good; i++) db.Publish(Relation());
            await db.SaveChangesAsync();
            await together.CommitAsync();
        });

        await Wait.Until(async () => (await pair.Heard()).Count >= Good, "the good ones are heard");
        await Wait.Until(async () => await pair.Waiting() == Refused, "the good ones have left the outbox");
        await pair.InSender(async db => Assert.Equal(Refused, await db.Outbox.CountAsync(m => !m.Sent && m.Body == "null")));
        Assert.Equal(Good, (await pair.Heard()).Count);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static Task Save(Pair pair, ChoosyBus bus, int refused, int good) => pair.InSender(async db =>
    {
        for (var i = 0; i < refused + good; i++)
        {
            var relation = Relation();
            if (i < refused) bus.Refuses[relation.RelationId] = true;
            db.Publish(relation);
        }
        await db.SaveChangesAsync();
    });

    private static SupplyRelationChanged Relation() =>
        new() { RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, BrandPartyId = Guid.CreateVersion7(), SupplierPartyId = Guid.CreateVersion7(), Status = "open" };

    /// <summary>Takes all but some.</summary>
    private sealed class ChoosyBus : IPublishObserver
    {
        public ConcurrentDictionary<Guid, bool> Refuses { get; } = [];

        public ConcurrentDictionary<Guid, bool> Tried { get; } = [];

        public Task PrePublish<T>(PublishContext<T> context)
            where T : class
        {
            if (context.Message is not SupplyRelationChanged relation || !Refuses.ContainsKey(relation.RelationId)) return Task.CompletedTask;
            Tried[relation.RelationId] = true;
            throw new InvalidOperationException("Refused.");
        }

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
