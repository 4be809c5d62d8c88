using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>However many messages that cannot be handled lie one behind the other, none of them makes those behind it wait for its own tries.</summary>
public sealed class PoisonTests : IDisposable
{
    private const int Run = 200;
    private const int Good = 1_000;
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-poison-").FullName;

    [Theory]
    [InlineData("missing on SQLite")]
    [InlineData("missing on PostgreSQL")]
    [InlineData("does not fit on PostgreSQL")]
    public async Task What_always_fails_is_tried_once_alone_and_put_down(string reason)
    {
        var time = new CountedPauses();
        await using var pair = await Pair.Start(folder, time: time);
        pair.Stumbles.Over = new DbUpdateException("not saved", reason switch
        {
            "missing on SQLite" => new SqliteException("NOT NULL constraint failed", 19, 1299),
            "missing on PostgreSQL" => new PostgresException("null value in a column", "ERROR", "ERROR", PostgresErrorCodes.NotNullViolation),
            _ => new PostgresException("value too long", "ERROR", "ERROR", PostgresErrorCodes.StringDataRightTruncation),
        });

        await PublishARunAndAGoodOne(pair);

        await AllArePutDown(pair);
        // Once with those that came with it, and once alone.
        Assert.All(pair.Stumbles.Tries, tried => Assert.InRange(tried.Value, 1, 2));
        Assert.All(time.Asked, pause => Assert.Equal(Patience, pause));
    }

    [Fact]
    public async Task What_may_pass_is_tried_a_few_times_and_while_it_waits_the_next_have_their_turn()
    {
        var time = new CountedPauses();
        await using var pair = await Pair.Start(folder, time: time);

        await PublishARunAndAGoodOne(pair);

        await AllArePutDown(pair);
        Assert.All(Enumerable.Range(0, Run), i => Assert.InRange(pair.Stumbles.Tries[i], Tries, 2 * Tries));
        Assert.All(time.Asked, pause => Assert.Equal(Patience, pause));
    }

    [Fact]
    public async Task What_passes_within_those_tries_is_handled_once()
    {
        await using var pair = await Pair.Start(folder, failures: Tries - 1);

        await pair.Services.GetRequiredService<IBus>().Publish(Changed(Good));

        await Wait.Until(async () => (await pair.Heard()).Count == 1, "it is handled");
        await pair.InHearer(async db => Assert.Empty(await db.DeadLetters.ToListAsync()));
        Assert.Equal(Tries, pair.Stumbles.Tries[Good]);
    }

    [Fact]
    public void Of_a_stranger_s_name_of_a_type_little_is_told()
    {
        var name = "urn:message:A_b-c.D\u202e<script>\n" + new string('x', 5_000);

        var told = Envelope.NobodyHears(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { messageType = new[] { name } }))).Message;

        Assert.Contains(": urn:message:A_b-c.Dscriptxxx", told, StringComparison.Ordinal);
        Assert.InRange(told.Length, 200, 260);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"messageType":"no list"}""")]
    [InlineData("""{"messageType":[1,null]}""")]
    public void What_says_no_type_is_of_none(string body) => Assert.Empty(Envelope.TypesIn(Encoding.UTF8.GetBytes(body)));

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>For company, not for a message that failed.</summary>
    private static TimeSpan Patience => InboxTurns<CountWhenRelationChanged, SupplyRelationChanged, HearerDb>.Patience;

    private static int Tries => InboxTurns<CountWhenRelationChanged, SupplyRelationChanged, HearerDb>.Tries;

    private static async Task PublishARunAndAGoodOne(Pair pair)
    {
        var bus = pair.Services.GetRequiredService<IBus>();
        for (var i = 0; i < Run; i++)
        {
            pair.Stumbles.Never[i] = true;
            await bus.Publish(Changed(i));
        }
        await bus.Publish(Changed(Good));
    }

    private static async Task AllArePutDown(Pair pair)
    {
        await Wait.Until(async () => (await pair.Heard()).Count == 1, "the good one behind them is handled");
        var letters = 0;
        await Wait.Until(async () =>
        {
            await pair.InHearer(async db => letters = await db.DeadLetters.CountAsync());
            return letters == Run;
        }, "each of the others is put down");
        Assert.Equal(Good, Assert.Single(await pair.Heard()).Sequence);
    }

    private static SupplyRelationChanged Changed(long sequence) => new()
    {
        RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = sequence, BrandPartyId = Guid.CreateVersion7(), SupplierPartyId = Guid.CreateVersion7(), Status = "open",
    };

    /// <summary>The time of day, and which pauses a consumer asked of it in its turn.</summary>
    private sealed class CountedPauses : TimeProvider
    {
        public ConcurrentBag<TimeSpan> Asked { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (Environment.StackTrace.Contains("InboxTurns", StringComparison.Ordinal)) Asked.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
