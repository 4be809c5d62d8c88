using System.Text.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Contracts.Tests;

/// <summary>Messages as earlier code wrote them into its outbox (<c>Recorded/WHEN.CONTRACT.json</c>, a month or a day): they may still wait there, in a queue or among the dead letters when newer code starts.</summary>
/// <remarks>A recording is never changed. When a contract grows, the grown message is recorded under the day on which it is first written.</remarks>
public sealed class RecordedMessageTests
{
    private const string Namespace = "Recruitment.Contracts.";

    public static TheoryData<string> Recordings => [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Snapshot.Root, "tests", "Contracts", "Recorded");

    [Theory]
    [MemberData(nameof(Recordings))]
    public void An_earlier_message_is_read_with_everything_in_it(string recording)
    {
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{recording}.json")))!;
        var type = typeof(PartyChanged).Assembly.GetType(Namespace + recording[(recording.IndexOf('.', StringComparison.Ordinal) + 1)..], throwOnError: true)!;

        // As the relay reads its outbox, and as a consumer reads what came over the wire.
        var fromOutbox = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(written.ToJsonString(), type), type)!;
        var fromWire = JsonSerializer.SerializeToNode(JsonSerializer.Deserialize(Camel(written).ToJsonString(), type, JsonSerializerOptions.Web), type)!;

        Assert.Equal([], LostFrom(written, fromOutbox, ""));
        Assert.Equal([], LostFrom(written, fromWire, ""));
    }

    [Fact]
    public void Every_contract_that_is_sent_by_itself_is_recorded()
    {
        var sent = typeof(PartyChanged).Assembly.GetExportedTypes().Where(t => t.GetProperty("Sequence") is not null).Select(t => t.FullName![Namespace.Length..]).Order(StringComparer.Ordinal);

        Assert.Equal(sent, Recordings.Select(r => r.Data[(r.Data.IndexOf('.', StringComparison.Ordinal) + 1)..]).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>Else a member could be renamed and nothing would show that what was written under its old name is lost.</summary>
    [Fact]
    public void Every_member_of_a_contract_is_in_a_recording_with_a_value()
    {
        var recorded = Recordings.Select(r => r.Data).GroupBy(r => r[(r.IndexOf('.', StringComparison.Ordinal) + 1)..], r => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{r}.json")))!);

        Assert.Empty(recorded.SelectMany(c => Members(typeof(PartyChanged).Assembly.GetType(Namespace + c.Key, throwOnError: true)!, "").Except(c.SelectMany(m => Given(m, ""))).Select(m => c.Key + m)));
    }

    [Fact]
    public void A_member_without_a_recorded_value_shows() =>
        Assert.Equal(["/c"], new[] { "/a", "/b", "/b/d", "/c" }.Except(Given(JsonNode.Parse("""{"a":1,"b":[{"d":2}],"c":null}""")!, "")));

    [Fact]
    public void A_member_that_new_code_forgot_shows() =>
        Assert.Equal(["/b/0/c"], LostFrom(JsonNode.Parse("""{"a":1,"b":[{"c":2}]}""")!, JsonNode.Parse("""{"a":1,"b":[{}],"d":3}""")!, ""));

    /// <summary>Of a contract and of the parts that it is made of, by their way from the top.</summary>
    private static IEnumerable<string> Members(Type type, string at) => type.GetProperties().Where(p => p.CanWrite).SelectMany(p =>
    {
        var of = p.PropertyType.IsGenericType ? p.PropertyType.GetGenericArguments()[^1] : p.PropertyType;
        return (of.Namespace!.StartsWith(Namespace[..^1], StringComparison.Ordinal) && of.IsClass ? Members(of, $"{at}/{p.Name}") : []).Prepend($"{at}/{p.Name}");
    });

    private static IEnumerable<string> Given(JsonNode? node, string at) => node switch
    {
        JsonObject o => o.Where(m => m.Value is not null).SelectMany(m => Given(m.Value, $"{at}/{m.Key}").Prepend($"{at}/{m.Key}")),
        JsonArray a => a.SelectMany(i => Given(i, at)),
        _ => [],
    };

    private static JsonNode Camel(JsonNode node) => node switch
    {
        JsonObject o => new JsonObject(o.Select(m => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(m.Key), m.Value is null ? null : Camel(m.Value)))),
        JsonArray a => new JsonArray([.. a.Select(i => i is null ? null : Camel(i))]),
        _ => node.DeepClone(),
    };

    /// <summary>Where something was written that is not read back.</summary>
    private static IEnumerable<string> LostFrom(JsonNode? written, JsonNode? read, string at) => (written, read) switch
    {
        (JsonObject w, JsonObject r) => w.SelectMany(m => LostFrom(m.Value, r[m.Key], $"{at}/{m.Key}")),
        (JsonArray w, JsonArray r) when w.Count == r.Count => w.SelectMany((item, i) => LostFrom(item, r[i], $"{at}/{i}")),
        _ => JsonNode.DeepEquals(written, read) ? [] : [at],
    };
}
