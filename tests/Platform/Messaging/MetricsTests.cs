using System.Net.Http.Json;
using System.Text.Json;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>An operator sees what waits, fails or was put down, without looking into a database.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-metrics-").FullName;

    [Fact]
    public async Task What_was_saved_by_a_later_release_waits_in_sight_until_that_runs_again()
    {
        await using var pair = await Pair.Start(folder);
        using var counted = new Counted(pair);

        await pair.InSender(async db =>
        {
            db.Outbox.Add(new OutboxMessage { Id = Guid.CreateVersion7(), Type = "Recruitment.Contracts.Suppliers.InventedNextYear", Body = "{}", CreatedAt = DateTime.UtcNow.AddHours(-1) });
            db.Publish(Changed(1));
            await db.SaveChangesAsync();
        });

        await Wait.Until(() => Task.FromResult(counted.Gauge("recruitment.outbox.unsent", nameof(SenderDb)) == 1), "it is counted as not sent");
        await Wait.Until(() => Task.FromResult(counted.Gauge("recruitment.outbox.waiting", nameof(SenderDb)) == 1), "nothing else waits");
        Assert.InRange(counted.Gauge("recruitment.outbox.oldest_age", nameof(SenderDb)), 3600, 7200);
        Assert.True(counted.NotSent(BadMessageException.UnknownType) >= 1);
        using var administrator = pair.Client(Roles.Administrator);
        var unsent = Assert.Single((await administrator.GetFromJsonAsync<JsonElement>("/api/v1/sender/republish")).GetProperty("unsent").EnumerateArray());
        Assert.Equal("Recruitment.Contracts.Suppliers.InventedNextYear", unsent.GetProperty("type").GetString());
        Assert.False(unsent.GetProperty("known").GetBoolean());
        Assert.Equal(1, unsent.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Handled_messages_and_dead_letters_are_counted_once_each_and_the_open_ones_shown()
    {
        await using var pair = await Pair.Start(folder);
        using var counted = new Counted(pair);
        pair.Stumbles.Never[13] = true;

        await pair.InSender(async db =>
        {
            foreach (var sequence in new[] { 11, 12, 13, 14 }) db.Publish(Changed(sequence) with { RelationId = Guid.CreateVersion7() });
            await db.SaveChangesAsync();
        });

        await Wait.Until(() => Task.FromResult(counted.Handled == 3), "the good ones are counted");
        await Wait.Until(() => Task.FromResult(counted.Gauge("recruitment.dead_letters.open", nameof(HearerDb)) == 1), "the dead letter is shown as open");
        Assert.Equal(1, counted.DeadLetters("failed"));
        // A delivery that comes again is no other message.
        var known = Guid.CreateVersion7();
        for (var i = 0; i < 2; i++) await pair.Services.GetRequiredService<IBus>().Publish(Changed(20), c => c.MessageId = known);
        await pair.Services.GetRequiredService<IBus>().Publish(Changed(21) with { RelationId = Guid.CreateVersion7() });
        await Wait.Until(async () => (await pair.Heard()).Any(h => h.Sequence == 21), "what came after is heard");
        await Wait.Until(() => Task.FromResult(counted.Handled == 5), "each is counted once");

        var parts = typeof(MessagingMetrics).Assembly.GetTypes().Concat(typeof(MetricsTests).Assembly.GetTypes()).Select(t => t.FullName).ToHashSet();
        string[] kinds = ["kind=failed"];
        Assert.All(counted.Labels, label => Assert.True(
            kinds.Contains(label) || label is $"database={nameof(SenderDb)}" or $"database={nameof(HearerDb)}" || (label.StartsWith("consumer=", StringComparison.Ordinal) && parts.Contains(label["consumer=".Length..])), label));
    }

    [Fact]
    public async Task A_dead_letter_closed_over_a_year_ago_is_forgotten_and_an_open_one_never()
    {
        await using var pair = await Pair.Start(folder);
        await pair.InHearer(async db =>
        {
            var longAgo = DateTime.UtcNow.AddDays(-400);
            foreach (var (reason, closed) in new (string, DateTime?)[] { ("open for long", null), ("closed long ago", longAgo.AddDays(1)), ("closed of late", DateTime.UtcNow.AddDays(-300)) })
            {
                var letter = DeadLetter.Of(Guid.CreateVersion7(), "somebody", [], asItCame: false, new InvalidOperationException(reason), longAgo);
                if (closed is { } at) letter.Close(Outcomes.SetAside, "a test of ours", "the administrator", at);
                db.DeadLetters.Add(letter);
            }
            db.Due(PruneInbox<HearerDb>.Kind, "", DateTime.UtcNow); // as it is once a day
            await db.SaveChangesAsync();
        });

        List<string> left = [];
        await Wait.Until(async () =>
        {
            await pair.InHearer(async db => left = await db.DeadLetters.Select(d => d.Reason).ToListAsync());
            return left.Count == 2;
        }, "one is forgotten");
        Assert.DoesNotContain(left, reason => reason.Contains("closed long ago", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static SupplyRelationChanged Changed(long sequence) => new()
    {
        RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = sequence, BrandPartyId = Guid.CreateVersion7(), SupplierPartyId = Guid.CreateVersion7(), Status = "open",
    };
}
