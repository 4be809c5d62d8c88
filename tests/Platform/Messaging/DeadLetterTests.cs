using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>A message that cannot be handled stops nothing and is not lost: it is seen with its reason, and sent again or set aside.</summary>
public sealed class DeadLetterTests : IDisposable
{
    private const string Letters = "/api/v1/hearer/dead-letters";
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-dead-").FullName;

    [Fact]
    public async Task What_cannot_be_handled_is_seen_with_its_reason_and_holds_up_nothing_that_came_with_it()
    {
        await using var pair = await Pair.Start(folder);
        pair.Stumbles.Never[13] = true;

        await pair.InSender(async db =>
        {
            foreach (var sequence in new[] { 11, 12, 13, 14, 15 }) db.Publish(Changed(sequence));
            await db.SaveChangesAsync();
        });

        await Wait.Until(async () => (await pair.Heard()).Count == 4, "the others are heard");
        var letter = Assert.Single(await Listed(pair, 1));
        Assert.Contains("Stumbled after the change was made", letter.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(nameof(CountWhenRelationChanged), letter.GetProperty("consumer").GetString(), StringComparison.Ordinal);
        await Wait.Until(async () => await pair.Waiting() == 0, "nothing waits in the outbox");
        Assert.DoesNotContain(await pair.Heard(), h => h.Sequence == 13);
    }

    [Fact]
    public async Task Once_mended_it_is_sent_again_and_handled_once_however_often_it_is_sent()
    {
        await using var pair = await Pair.Start(folder);
        var letter = await Fail(pair, Changed(13));

        Assert.Equal(HttpStatusCode.Conflict, await Again(pair, letter));
        pair.Stumbles.Never.Clear();
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Again(pair, letter)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer));
        Assert.Single(await pair.Heard());
        Assert.Empty(await Listed(pair, 0));
        await pair.InHearer(async db =>
        {
            var kept = await db.DeadLetters.SingleAsync();
            Assert.Equal((Outcomes.Handled, "the administrator"), (kept.Outcome, kept.ClosedBy));
        });
    }

    [Fact]
    public async Task Sent_again_after_a_newer_state_it_changes_nothing_and_says_so_in_the_record()
    {
        await using var pair = await Pair.Start(folder);
        var old = Changed(13);
        var letter = await Fail(pair, old);
        pair.Stumbles.Never.Clear();
        await pair.Services.GetRequiredService<IBus>().Publish(old with { Sequence = 14 });
        await Wait.Until(async () => (await pair.Heard()).Count == 1, "the newer is heard");

        Assert.Equal(HttpStatusCode.NoContent, await Again(pair, letter));

        Assert.Equal(14, Assert.Single(await pair.Heard()).Sequence);
        await pair.InHearer(async db => Assert.Equal(Outcomes.Superseded, (await db.DeadLetters.SingleAsync()).Outcome));
    }

    [Fact]
    public async Task All_are_sent_again_at_once_and_those_that_still_fail_are_counted_and_stay()
    {
        await using var pair = await Pair.Start(folder);
        foreach (var sequence in new[] { 13, 14, 15 })
        {
            pair.Stumbles.Never[sequence] = true;
            await pair.Services.GetRequiredService<IBus>().Publish(Changed(sequence));
        }
        await Listed(pair, 3);
        pair.Stumbles.Never.TryRemove(13, out _);
        pair.Stumbles.Never.TryRemove(15, out _);

        Assert.Equal((2, 1, 0), await AllAgain(pair));

        var left = Assert.Single(await Listed(pair, 1));
        Assert.Contains("Stumbled after the change was made", left.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal([13L, 15L], (await pair.Heard()).Select(h => h.Sequence).Order());
        Assert.Equal((0, 1, 0), await AllAgain(pair));
        using var administrator = pair.Client(Roles.Administrator);
        var done = (await administrator.GetFromJsonAsync<JsonElement>($"{Letters}?closed=true")).GetProperty("items").EnumerateArray().ToList();
        Assert.All(done, d => Assert.Equal("handled", d.GetProperty("outcome").GetString()));
        Assert.Equal(2, done.Count);
    }

    [Fact]
    public async Task It_is_set_aside_with_a_reason_and_kept_and_not_without_one()
    {
        await using var pair = await Pair.Start(folder);
        var letter = await Fail(pair, Changed(13));
        using var administrator = pair.Client(Roles.Administrator);

        using var empty = await administrator.PostAsJsonAsync($"{Letters}/{letter}/aside", new { why = "" });
        using var aside = await administrator.PostAsJsonAsync($"{Letters}/{letter}/aside", new { why = "a test of ours" });
        using var twice = await administrator.PostAsJsonAsync($"{Letters}/{letter}/aside", new { why = "a test of ours" });
        using var other = await administrator.PostAsJsonAsync($"{Letters}/{letter}/aside", new { why = "another reason" });
        using var unknown = await administrator.PostAsJsonAsync($"{Letters}/{Guid.CreateVersion7()}/aside", new { why = "a test of ours" });

        Assert.Equal(
            [HttpStatusCode.BadRequest, HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.Conflict, HttpStatusCode.NotFound],
            new[] { empty, aside, twice, other, unknown }.Select(a => a.StatusCode));
        Assert.Empty(await Listed(pair, 0));
        Assert.Equal(HttpStatusCode.Conflict, await Again(pair, letter)); // set aside, and stays so
        Assert.Empty(await pair.Heard());
        using var read = await administrator.GetAsync(new Uri($"{Letters}?closed=true", UriKind.Relative));
        Assert.Contains("a test of ours", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await pair.InHearer(async db => Assert.Equal((Outcomes.SetAside, "a test of ours"), ((await db.DeadLetters.SingleAsync()).Outcome, (await db.DeadLetters.SingleAsync()).Why)));
    }

    [Fact]
    public async Task Those_that_failed_alike_are_counted_and_set_aside_together_and_no_other()
    {
        await using var pair = await Pair.Start(folder);
        var bus = pair.Services.GetRequiredService<IBus>();
        foreach (var sequence in new[] { 13, 14, 15 })
        {
            pair.Stumbles.Never[sequence] = true;
            await bus.Publish(Changed(sequence));
        }
        var letters = await Listed(pair, 3);
        var other = letters[2].GetProperty("id").GetGuid();
        await pair.InHearer(db => db.DeadLetters.Where(d => d.Id == other).ExecuteUpdateAsync(set => set.SetProperty(d => d.Reason, "Another reason.")));
        using var administrator = pair.Client(Roles.Administrator);

        var alike = (await Listed(pair, 3)).Select(l => l.GetProperty("alike").GetInt32());
        var once = (await administrator.GetFromJsonAsync<JsonElement>($"{Letters}?once=true")).GetProperty("items").EnumerateArray().Select(l => l.GetProperty("id").GetGuid()).ToList();
        using var both = await administrator.GetAsync(new Uri($"{Letters}?once=true&closed=true", UriKind.Relative));
        var reason = letters[0].GetProperty("reason").GetString();
        using var more = await administrator.PostAsJsonAsync($"{Letters}/{letters[0].GetProperty("id")}/aside", new { why = "a test of ours", alike = 1, reason });
        using var changed = await administrator.PostAsJsonAsync($"{Letters}/{letters[0].GetProperty("id")}/aside", new { why = "a test of ours", alike = 2, reason = "Another reason." });
        Assert.Equal([HttpStatusCode.Conflict, HttpStatusCode.Conflict], new[] { more, changed }.Select(a => a.StatusCode));
        using var aside = await administrator.PostAsJsonAsync($"{Letters}/{letters[0].GetProperty("id")}/aside", new { why = "a test of ours", alike = 2, reason });
        using var twice = await administrator.PostAsJsonAsync($"{Letters}/{letters[0].GetProperty("id")}/aside", new { why = "a test of ours", alike = 2, reason });

        Assert.Equal([2, 2, 1], alike);
        Assert.Equal([letters[0].GetProperty("id").GetGuid(), other], once);
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
        Assert.Equal([HttpStatusCode.NoContent, HttpStatusCode.NoContent], new[] { aside, twice }.Select(a => a.StatusCode));
        Assert.Equal(other, Assert.Single(await Listed(pair, 1)).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_database_that_is_away_or_full_costs_no_message()
    {
        await using var pair = await Pair.Start(folder, failures: 5);
        pair.Stumbles.Over = new DbUpdateException("not saved", new SqliteException("database or disk is full", 13));

        await pair.Services.GetRequiredService<IBus>().Publish(Changed(13));

        await Wait.Until(async () => (await pair.Heard()).Count == 1, "heard when it is back");
        Assert.Empty(await Listed(pair, 0));
    }

    [Fact]
    public async Task Nobody_but_an_administrator_sees_or_changes_them()
    {
        await using var pair = await Pair.Start(folder);
        foreach (var (role, _) in Borders.Everybody.Where(e => e.Role != Roles.Administrator))
        {
            using var client = pair.Client(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri(Letters, UriKind.Relative))).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(new Uri($"{Letters}/{Guid.CreateVersion7()}/again", UriKind.Relative), null)).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsJsonAsync($"{Letters}/{Guid.CreateVersion7()}/aside", new { why = "a test of ours" })).StatusCode);
        }
    }

    [Theory]
    [InlineData("this is no JSON \0 at all", "application/vnd.masstransit+json")]
    [InlineData("""{"message":{"relationId":"no id"},"messageType":["urn:message:Recruitment.Contracts.Suppliers:SupplyRelationChanged"]}""", "application/vnd.masstransit+json")]
    [InlineData("""{"message":{"what":1},"messageType":["urn:message:Recruitment.Contracts.Suppliers:NotKnownYet"]}""", "application/vnd.masstransit+json")]
    public async Task What_nobody_can_read_is_kept_as_it_came_and_stops_nothing(string body, string type)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_RABBITMQ") is { Length: > 0 }, "Only over a broker can anything else arrive than what was published.");
        await using var pair = await Pair.Start(folder);

        await Put(pair, body, type);
        await pair.Services.GetRequiredService<IBus>().Publish(Changed(14));

        await Wait.Until(async () => (await pair.Heard()).Count == 1, "what comes after is heard");
        var letter = Assert.Single(await Listed(pair, 1));
        Assert.True(letter.GetProperty("unread").GetBoolean());
        Assert.Equal(HttpStatusCode.Conflict, await Again(pair, letter.GetProperty("id").GetGuid()));
        await pair.InHearer(async db => Assert.Equal(body, Encoding.UTF8.GetString((await db.DeadLetters.SingleAsync()).Body)));
    }

    [Fact]
    public async Task A_message_without_an_id_holds_up_nothing_that_comes_with_it_and_can_be_heard_by_hand()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_RABBITMQ") is { Length: > 0 }, "Only over a broker can anything else arrive than what was published.");
        await using var pair = await Pair.Start(folder);

        await Put(pair, JsonSerializer.Serialize(new { message = Changed(13), messageType = new[] { "urn:message:Recruitment.Contracts.Suppliers:SupplyRelationChanged" } }), "application/vnd.masstransit+json");
        await pair.Services.GetRequiredService<IBus>().Publish(Changed(14));

        await Wait.Until(async () => (await pair.Heard()).Count == 1, "what comes after is heard");
        var letter = Assert.Single(await Listed(pair, 1));
        Assert.Contains("without an id", letter.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await Again(pair, letter.GetProperty("id").GetGuid()));
        Assert.Equal([14, 13], (await pair.Heard()).Select(h => h.Sequence));
    }

    [Fact]
    public async Task What_is_too_long_to_be_heard_leaves_the_outbox_once_it_is_kept()
    {
        await using var pair = await Pair.Start(folder);

        await pair.InSender(async db =>
        {
            db.Publish(Changed(13) with { Status = new string('x', SizeLimits.Message) });
            await db.SaveChangesAsync();
        });

        Assert.True(Assert.Single(await Listed(pair, 1)).GetProperty("unread").GetBoolean());
        await Wait.Until(async () => await pair.Waiting() == 0, "nothing waits in the outbox");
    }

    [Fact]
    public async Task What_several_replicas_are_given_at_one_moment_is_kept_once()
    {
        await using var pair = await Pair.Start(folder);
        var (only, message) = (Only(pair), Guid.CreateVersion7());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => only.Keep(
            pair.Services, message, now => DeadLetter.Of(message, only.Consumer, [1], asItCame: true, new BadMessageException(BadMessageException.Unreadable, "Nobody can read it."), now),
            BadMessageException.Unreadable, CancellationToken.None))));

        await Listed(pair, 1);
    }

    [Fact]
    public async Task What_a_release_before_this_one_kept_without_a_mark_is_not_kept_twice()
    {
        await using var pair = await Pair.Start(folder);
        var (only, message) = (Only(pair), Guid.CreateVersion7());
        Task Keep() => only.Keep(
            pair.Services, message, now => DeadLetter.Of(message, only.Consumer, [1], asItCame: true, new BadMessageException(BadMessageException.Unreadable, "Nobody can read it."), now),
            BadMessageException.Unreadable, CancellationToken.None);
        await Keep();
        await pair.InHearer(db => db.Inbox.Where(i => i.MessageId == message).ExecuteDeleteAsync());

        await Keep();

        await Listed(pair, 1);
        await pair.InHearer(async db => Assert.True(await db.Inbox.AnyAsync(i => i.MessageId == message)));
    }

    [Fact]
    public void A_reason_that_is_too_long_is_not_cut_through_the_middle_of_a_character()
    {
        var reason = DeadLetter.ReasonOf(new InvalidOperationException(new string('x', DeadLetter.MostOfReason - 1 - "InvalidOperationException: ".Length) + "\U0001F600 and more"));

        Assert.False(char.IsHighSurrogate(reason[^1]));
        Assert.Equal(DeadLetter.MostOfReason - 1, reason.Length);
    }

    [Fact]
    public async Task What_the_broker_gives_up_is_kept_too_and_can_be_heard_again()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_RABBITMQ") is { Length: > 0 }, "There is no broker to give anything up.");
        string queue, address;
        await using (var before = await Pair.Start(folder)) (queue, address) = (Only(before).Queue, Address(before));
        var body = JsonSerializer.Serialize(new { message = Changed(13), messageType = new[] { "urn:message:Recruitment.Contracts.Suppliers:SupplyRelationChanged" } });

        // Somebody takes it and never finishes, as one who dies over it each time.
        await using (var connection = await new ConnectionFactory { Uri = new(address) }.CreateConnectionAsync())
        {
            await using var channel = await connection.CreateChannelAsync();
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { ContentType = "application/vnd.masstransit+json", Persistent = true }, Encoding.UTF8.GetBytes(body));
            for (var delivery = 0; delivery <= Recruitment.Platform.Messaging.Deliveries; delivery++)
            {
                BasicGetResult? taken = null;
                await Wait.Until(async () => (taken = await channel.BasicGetAsync(queue, autoAck: false)) is not null, $"it comes back after {delivery} deliveries");
                await channel.BasicNackAsync(taken!.DeliveryTag, multiple: false, requeue: true);
            }
        }
        await using var pair = await Pair.Start(folder);

        var letter = Assert.Single(await Listed(pair, 1));
        Assert.Contains("The broker gave it up: delivery_limit", letter.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await Again(pair, letter.GetProperty("id").GetGuid()));
        Assert.Equal(13, Assert.Single(await pair.Heard()).Sequence);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<Guid> Fail(Pair pair, SupplyRelationChanged happened)
    {
        pair.Stumbles.Never[happened.Sequence] = true;
        await pair.Services.GetRequiredService<IBus>().Publish(happened);
        return Assert.Single(await Listed(pair, 1)).GetProperty("id").GetGuid();
    }

    private static async Task<List<JsonElement>> Listed(Pair pair, int expected)
    {
        using var administrator = pair.Client(Roles.Administrator);
        List<JsonElement> items = [];
        await Wait.Until(async () =>
        {
            items = [.. (await administrator.GetFromJsonAsync<JsonElement>(Letters)).GetProperty("items").EnumerateArray()];
            return items.Count == expected;
        }, $"{expected} dead letters");
        return items;
    }

    private static async Task<HttpStatusCode> Again(Pair pair, Guid letter)
    {
        using var administrator = pair.Client(Roles.Administrator);
        using var answer = await administrator.PostAsync(new Uri($"{Letters}/{letter}/again", UriKind.Relative), null);
        return answer.StatusCode;
    }

    private static async Task<(int Handled, int NotHandled, int Left)> AllAgain(Pair pair)
    {
        using var administrator = pair.Client(Roles.Administrator);
        using var answer = await administrator.PostAsync(new Uri($"{Letters}/again", UriKind.Relative), null);
        var counts = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (counts.GetProperty("handled").GetInt32(), counts.GetProperty("notHandled").GetInt32(), counts.GetProperty("left").GetInt32());
    }

    private static Subscription Only(Pair pair) => pair.Services.GetRequiredService<Subscriptions>().All.Single();

    private static string Address(Pair pair) => pair.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["ConnectionStrings:rabbitmq"]!;

    private static async Task Put(Pair pair, string body, string type)
    {
        await using var connection = await new ConnectionFactory { Uri = new(Address(pair)) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync("", Only(pair).Queue, mandatory: true, new BasicProperties { ContentType = type, Persistent = true }, Encoding.UTF8.GetBytes(body));
    }

    private static SupplyRelationChanged Changed(long sequence) => new()
    {
        RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = sequence, BrandPartyId = Guid.CreateVersion7(), SupplierPartyId = Guid.CreateVersion7(), Status = "open",
    };
}
