using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MassTransit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using Recruitment.Contracts.Suppliers;
using Recruitment.Testing;

namespace Recruitment.Platform.Tests.Messaging;

/// <summary>Whatever lies in a queue stops nothing behind it, is counted, and is kept so that somebody can see what it was.</summary>
public sealed class BadMessageTests : IDisposable
{
    private const string Letters = "/api/v1/hearer/dead-letters";
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Known = "urn:message:Recruitment.Contracts.Suppliers:SupplyRelationChanged";
    private readonly string folder = Directory.CreateTempSubdirectory("recruitment-bad-").FullName;

    [Fact]
    public async Task A_message_of_a_later_release_with_fields_unknown_here_is_handled()
    {
        SkipWithoutBroker();
        await using var pair = await Pair.Start(folder);
        var later = JsonSerializer.SerializeToNode(Changed(13), JsonSerializerOptions.Web)!.AsObject();
        later["addedNextYear"] = JsonSerializer.SerializeToNode(new { deep = new[] { 1, 2 } });

        await Put(pair, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { messageId = Guid.CreateVersion7(), newInTheEnvelope = true, message = later, messageType = new[] { Known } })), Envelope);

        await Wait.Until(async () => (await pair.Heard()).Count == 1, "it is handled");
        Assert.Empty(await Listed(pair, 0));
    }

    [Fact]
    public async Task What_this_release_does_not_know_in_a_message_that_it_could_not_handle_is_kept_for_the_next()
    {
        SkipWithoutBroker();
        await using var pair = await Pair.Start(folder);
        pair.Stumbles.Never[13] = true;
        var later = JsonSerializer.SerializeToNode(Changed(13), JsonSerializerOptions.Web)!.AsObject();
        later["addedNextYear"] = "kept";

        await Put(pair, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { messageId = Guid.CreateVersion7(), message = later, messageType = new[] { Known } })), Envelope);

        Assert.False(Assert.Single(await Listed(pair, 1)).GetProperty("unread").GetBoolean());
        await pair.InHearer(async db => Assert.Equal("kept", JsonDocument.Parse((await db.DeadLetters.SingleAsync()).Body).RootElement.GetProperty("addedNextYear").GetString()));
    }

    [Theory]
    [InlineData("not json", "this is no JSON \0 at all", Envelope, BadMessageException.Unreadable)]
    [InlineData("empty", "", Envelope, BadMessageException.Unreadable)]
    [InlineData("another content type", "\u0001\u0002 packed in some other way", "application/x-protobuf", BadMessageException.Unreadable)]
    [InlineData("no content type", "\u0001\u0002", null, BadMessageException.Unreadable)]
    [InlineData("wrong kind of JSON", "[1,2,3]", Envelope, BadMessageException.Unreadable)]
    [InlineData("another field's type", """{"message":{"relationId":"no id"},"messageType":["urn:message:Recruitment.Contracts.Suppliers:SupplyRelationChanged"]}""", Envelope, BadMessageException.Unreadable)]
    [InlineData("a type that nobody knows yet", """{"message":{"what":1},"messageType":["urn:message:Recruitment.Contracts.Suppliers:InventedNextYear"]}""", Envelope, BadMessageException.UnknownType)]
    public async Task What_cannot_be_read_is_kept_counted_and_passed_by(string what, string body, string? contentType, string kind)
    {
        SkipWithoutBroker();
        await using var pair = await Pair.Start(folder);
        using var counted = new Counted(pair);

        await Put(pair, Encoding.UTF8.GetBytes(body), contentType);
        await pair.Services.GetRequiredService<IBus>().Publish(Changed(14));

        await Wait.Until(async () => (await pair.Heard()).Count == 1, $"what comes after {what} is heard");
        Assert.True(Assert.Single(await Listed(pair, 1)).GetProperty("unread").GetBoolean());
        Assert.Equal(1, counted.DeadLetters(kind));
        await Wait.Until(() => Task.FromResult(counted.Handled == 1), "the good one is counted");
        await pair.InHearer(async db => Assert.Equal(body, Encoding.UTF8.GetString((await db.DeadLetters.SingleAsync()).Body)));
        await Wait.Until(async () => await InQueue(pair) == 0, "nothing is left in the queue");
    }

    [Fact]
    public async Task What_is_of_another_type_says_of_which_and_is_not_taken_for_the_one_that_is_heard_here_when_it_is_sent_again()
    {
        SkipWithoutBroker();
        await using var pair = await Pair.Start(folder);
        const string Later = "urn:message:Recruitment.Contracts.Suppliers:SupplyRelationInvented<b>";
        await Put(pair, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { messageId = Guid.CreateVersion7(), message = Changed(13), messageType = new[] { Later } })), Envelope);
        var letter = Assert.Single(await Listed(pair, 1));
        const string Reason = "It is of a type that nobody hears at this queue: urn:message:Recruitment.Contracts.Suppliers:SupplyRelationInventedb.";
        Assert.Equal(Reason, letter.GetProperty("reason").GetString());

        using var administrator = pair.Client(Roles.Administrator);
        using var again = await administrator.PostAsync(new Uri($"{Letters}/{letter.GetProperty("id").GetGuid()}/again", UriKind.Relative), null);
        using var all = await administrator.PostAsync(new Uri($"{Letters}/again", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(1, (await all.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("notHandled").GetInt32());
        Assert.Equal(Reason, Assert.Single(await Listed(pair, 1)).GetProperty("reason").GetString());
        Assert.Empty(await pair.Heard());
    }

    [Fact]
    public async Task A_good_message_under_a_wrong_content_type_is_handled()
    {
        SkipWithoutBroker();
        await using var pair = await Pair.Start(folder);

        await Put(pair, Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { messageId = Guid.CreateVersion7(), message = Changed(13), messageType = new[] { Known } })), "text/plain");

        await Wait.Until(async () => (await pair.Heard()).Count == 1, "it is handled");
        Assert.Empty(await Listed(pair, 0));
    }

    [Fact]
    public async Task Of_a_message_of_fifty_megabytes_the_beginning_the_length_and_the_hash_are_kept_and_it_holds_up_nothing()
    {
        SkipWithoutBroker();
        await using var pair = await Pair.Start(folder);
        using var counted = new Counted(pair);
        var body = Encoding.ASCII.GetBytes("{\"message\":\"" + new string('x', 50_000_000) + "\"}");

        await Put(pair, body, Envelope);
        await pair.Services.GetRequiredService<IBus>().Publish(Changed(14));

        await Wait.Until(async () => (await pair.Heard()).Count == 1, "what comes after is heard");
        var letter = Assert.Single(await Listed(pair, 1));
        var reason = letter.GetProperty("reason").GetString()!;
        Assert.Contains(body.Length.ToString(CultureInfo.InvariantCulture), reason, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexString(SHA256.HashData(body)), reason, StringComparison.Ordinal);
        await pair.InHearer(async db => Assert.Equal(body[..DeadLetter.MostOfTooLong], (await db.DeadLetters.SingleAsync()).Body));
        Assert.Equal(1, counted.DeadLetters(BadMessageException.TooLong));
        await Wait.Until(async () => await InQueue(pair) == 0, "nothing is left in the queue");

        // Half of it cannot be heard; what is known of it stays.
        using var administrator = pair.Client(Roles.Administrator);
        using var again = await administrator.PostAsync(new Uri($"{Letters}/{letter.GetProperty("id").GetGuid()}/again", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(reason, Assert.Single(await Listed(pair, 1)).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task What_this_service_may_not_publish_waits_is_counted_and_holds_up_nothing_else()
    {
        SkipWithoutBroker();
        // Each type of message has an exchange of its own; this account may not write to one of them.
        await using var pair = await Pair.Start(folder, broker: amqp => Account(amqp, write: "^(?!Recruitment\\.Contracts\\.Suppliers:PartyChanged$).*"));
        using var counted = new Counted(pair);

        await pair.InSender(async db =>
        {
            db.Publish(new PartyChanged { PartyId = Guid.CreateVersion7(), Epoch = 1, Sequence = 1, Kind = "brand", Name = "Heron Works", Country = "THA", Status = "active" });
            for (var i = 0; i < 20; i++) db.Publish(Changed(i));
            await db.SaveChangesAsync();
        });

        await Wait.Until(async () => (await pair.Heard()).Count == 20 && await pair.Waiting() == 1, "the others are heard, and the one waits");
        await Wait.Until(() => Task.FromResult(counted.NotSent("timeout") > 0), "it is counted");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static void SkipWithoutBroker() =>
        Assert.SkipUnless(Environment.GetEnvironmentVariable("TEST_RABBITMQ") is { Length: > 0 }, "Only over a broker can anything else arrive than what was published.");

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

    private static async Task Put(Pair pair, byte[] body, string? contentType)
    {
        await using var connection = await Broker(pair);
        // Confirmed, so that what is published next comes after it.
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        var properties = new BasicProperties { Persistent = true };
        if (contentType is not null) properties.ContentType = contentType;
        await channel.BasicPublishAsync("", Queue(pair), mandatory: true, properties, body);
    }

    /// <summary>Ready or being handled.</summary>
    private static async Task<uint> InQueue(Pair pair)
    {
        await using var connection = await Broker(pair);
        await using var channel = await connection.CreateChannelAsync();
        return (await channel.QueueDeclarePassiveAsync(Queue(pair))).MessageCount;
    }

    private static string Queue(Pair pair) => pair.Services.GetRequiredService<Subscriptions>().All.Single().Queue;

    private static Task<IConnection> Broker(Pair pair) =>
        new ConnectionFactory { Uri = new(pair.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:rabbitmq"]!) }.CreateConnectionAsync();

    /// <summary>A user of this virtual host who may write only to what fits.</summary>
    private static async Task<string> Account(string amqp, string write)
    {
        var address = new Uri(amqp);
        var name = $"u{Guid.CreateVersion7():N}";
        using var http = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("TEST_RABBITMQ_MANAGEMENT")!) };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(address.UserInfo)));
        (await http.PutAsJsonAsync($"api/users/{name}", new { password = name, tags = "" })).EnsureSuccessStatusCode();
        (await http.PutAsJsonAsync($"api/permissions{address.AbsolutePath}/{name}", new { configure = ".*", write, read = ".*" })).EnsureSuccessStatusCode();
        return $"amqp://{name}:{name}@{address.Authority[(address.Authority.LastIndexOf('@') + 1)..]}{address.AbsolutePath}";
    }

    private static SupplyRelationChanged Changed(long sequence) => new()
    {
        RelationId = Guid.CreateVersion7(), Epoch = 1, Sequence = sequence, BrandPartyId = Guid.CreateVersion7(), SupplierPartyId = Guid.CreateVersion7(), Status = "open",
    };
}
