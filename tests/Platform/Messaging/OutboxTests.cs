using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>An event is saved with the change that caused it, and is heard once, whatever happens between.</summary>
public sealed class OutboxTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-outbox-").FullName;
    private readonly Guid relation = Guid.CreateVersion7();

    [Fact]
    public async Task A_saved_event_is_heard_and_leaves_the_outbox()
    {
        await using var pair = await Pair.Start(folder);

        await pair.InSender(async db => { db.Publish(Changed(1)); await db.SaveChangesAsync(); });

        await Eventually(async () => (await pair.Heard()).Count == 1 && await pair.Waiting() == 0, "heard and cleared");
    }

    [Fact]
    public async Task An_event_that_was_never_saved_is_never_heard()
    {
        await using var pair = await Pair.Start(folder);

        await pair.InSender(db => { db.Publish(Changed(1)); return Task.CompletedTask; });
        await pair.InSender(async db => { db.Publish(Changed(2)); await db.SaveChangesAsync(); });

        await Eventually(async () => (await pair.Heard()).Count > 0, "the saved one is heard");
        Assert.Equal([2], (await pair.Heard()).Select(h => h.Sequence));
    }

    [Fact]
    public async Task A_message_delivered_twice_counts_once()
    {
        await using var pair = await Pair.Start(folder);
        var bus = pair.Services.GetRequiredService<IBus>();
        var id = Guid.CreateVersion7();

        await bus.Publish(Changed(1), c => c.MessageId = id);
        await Eventually(async () => (await pair.Heard()).Count == 1, "the first delivery is heard");
        // Of another subject: a state of the same one would count as old, whatever the inbox knows of the message.
        await bus.Publish(Changed(1) with { RelationId = Guid.CreateVersion7() }, c => c.MessageId = id);
        await bus.Publish(Changed(2) with { RelationId = Guid.CreateVersion7() });

        await Eventually(async () => (await pair.Heard()).Any(h => h.Sequence == 2), "what came after is heard");
        Assert.Single((await pair.Heard()), h => h.Sequence == 1);
    }

    [Fact]
    public async Task A_message_handled_over_a_month_ago_is_forgotten_the_next_day_and_delivered_again_counts_no_second_time()
    {
        Guid old, recent;
        await using (var pair = await Pair.Start(folder))
        {
            await pair.InSender(async db => { db.Publish(Changed(1)); await db.SaveChangesAsync(); });
            await Eventually(async () => (await Handled(pair)).Count == 1 && await pair.Waiting() == 0, "it is heard and cleared");
            old = Assert.Single(await Handled(pair));
            await pair.InSender(async db => { db.Publish(Changed(2)); await db.SaveChangesAsync(); });
            await Eventually(async () => (await Handled(pair)).Count == 2 && await pair.Waiting() == 0, "the next is heard and cleared");
            recent = Assert.Single((await Handled(pair)).Except([old]));
            await pair.InHearer(db => db.Inbox.Where(m => m.MessageId == old).ExecuteUpdateAsync(set => set.SetProperty(m => m.HandledAt, DateTime.UnixEpoch.AddDays(1))));
            await pair.InHearer(db => db.Set<DueRow>().ExecuteUpdateAsync(set => set.SetProperty(r => r.DueAt, r => r.DueAt.AddDays(-1))));
        }

        await using var again = await Pair.Start(folder);
        await Eventually(async () => (await Handled(again)).SequenceEqual([recent]), "the old one is forgotten and the recent one is not");
        await again.Services.GetRequiredService<IBus>().Publish(Changed(1), c => c.MessageId = old);
        await Eventually(async () => (await Handled(again)).Contains(old), "it came again");

        Assert.Equal([1, 2], (await again.Heard()).Select(h => h.Sequence).Order());
    }

    private static async Task<List<Guid>> Handled(Pair pair)
    {
        List<Guid> handled = [];
        await pair.InHearer(async db => handled = await db.Inbox.Select(m => m.MessageId).ToListAsync());
        return handled;
    }

    [Fact]
    public async Task A_state_that_comes_late_changes_nothing()
    {
        await using var pair = await Pair.Start(folder);
        var bus = pair.Services.GetRequiredService<IBus>();

        await bus.Publish(Changed(5));
        await Eventually(async () => (await pair.Heard()).Count == 1, "the newer is heard");
        await bus.Publish(Changed(4));
        await bus.Publish(Changed(1) with { Epoch = 2 });

        await Eventually(async () => (await pair.Heard()).Count == 2, "the state of the newer epoch is heard");
        Assert.Equal([5, 1], (await pair.Heard()).Select(h => h.Sequence));
    }

    [Fact]
    public async Task A_consumer_that_stumbles_leaves_nothing_half_done_and_hears_it_again()
    {
        await using var pair = await Pair.Start(folder, failures: 2);

        await pair.InSender(async db => { db.Publish(Changed(1)); await db.SaveChangesAsync(); });

        await Eventually(async () => (await pair.Heard()).Count > 0 && await pair.Waiting() == 0, "handled in the end");
        Assert.Single(await pair.Heard());
    }

    [Fact]
    public async Task What_a_crash_left_between_sending_and_hearing_is_sent_again()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_RABBITMQ") is { Length: > 0 }, "Only the in-memory bus forgets; a broker keeps what it has confirmed.");
        await using (var before = await Pair.Start(folder, failures: int.MaxValue))
        {
            before.Stumbles.Over = new Microsoft.Data.Sqlite.SqliteException("database or disk is full", 13);
            await before.InSender(async db => { db.Publish(Changed(1)); await db.SaveChangesAsync(); });
            await Eventually(() => Task.FromResult(before.Services.GetRequiredService<Stumbles>().Left < int.MaxValue), "it was sent");
        }

        await using var after = await Pair.Start(folder);

        await Eventually(async () => (await after.Heard()).Count == 1 && await after.Waiting() == 0, "heard after the restart");
    }

    [Fact]
    public async Task What_a_process_before_had_put_off_or_was_sending_goes_at_once_after_a_restart()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("TEST_RABBITMQ") is { Length: > 0 }, "Over a broker another replica may be the one that is sending.");
        await using (var before = await Pair.Start(folder))
        {
            await before.InSender(async db =>
            {
                await using var together = await db.Database.BeginTransactionAsync();
                db.Publish(Changed(1));
                await db.SaveChangesAsync();
                var (far, somebody) = (DateTime.UtcNow.AddHours(1), Guid.CreateVersion7());
                await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(m => m.NotBefore, far).SetProperty(m => m.LeaseOwner, somebody).SetProperty(m => m.LeaseUntil, far));
                await together.CommitAsync();
            });
        }

        await using var after = await Pair.Start(folder);

        await Eventually(async () => (await after.Heard()).Count == 1 && await after.Waiting() == 0, "heard after the restart");
    }

    [Fact]
    public async Task An_event_that_cannot_be_sent_does_not_hold_up_the_next()
    {
        await using var pair = await Pair.Start(folder);

        await pair.InSender(async db =>
        {
            db.Outbox.Add(new OutboxMessage { Id = Guid.CreateVersion7(), Type = "Recruitment.Contracts.Suppliers.NoLongerKnown", Body = "{}" });
            db.Publish(Changed(1));
            await db.SaveChangesAsync();
        });

        await Eventually(async () => (await pair.Heard()).Count == 1 && await pair.Waiting() == 1, "the good one is heard and cleared, the other waits");
    }

    [Fact]
    public async Task What_a_person_just_did_passes_the_rows_of_a_list()
    {
        await using var pair = await Pair.Start(folder);

        await pair.InSender(async db =>
        {
            db.InBulk = true;
            for (var row = 0; row < 1000; row++) db.Publish(Changed(1) with { RelationId = Guid.CreateVersion7() });
            db.InBulk = false;
            db.Publish(Changed(7));
            await db.SaveChangesAsync();
        });

        await Eventually(async () => (await pair.Heard()).Count == 1001, "all are heard in the end");
        Assert.InRange((await pair.Heard()).FindIndex(h => h.Sequence == 7), 0, 300);
    }

    [Fact]
    public async Task The_bus_tells_its_makers_nothing()
    {
        await using var pair = await Pair.Start(folder);

        Assert.False(pair.Services.GetRequiredService<IOptions<UsageTelemetryOptions>>().Value.Enabled);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static Task Eventually(Func<Task<bool>> holds, string what) => Wait.Until(holds, what);

    private SupplyRelationChanged Changed(long sequence) => new()
    {
        RelationId = relation, Epoch = 1, Sequence = sequence, BrandPartyId = Guid.CreateVersion7(), SupplierPartyId = Guid.CreateVersion7(), Status = "open",
    };
}
