using System.Text.Json;
using System.Text.Json.Nodes;
using Recruitment.Contracts.Suppliers;

namespace Recruitment.Contracts.Tests;

/// <summary>Messages as an earlier month's code wrote them into its outbox (<c>Recorded/MONTH.CONTRACT.json</c>): they may still wait there, in a queue or among the dead letters when newer code starts.</summary>
/// <remarks>A recording is never changed. When a contract grows, the grown message is recorded under the month in which it is first written.</remarks>
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

    [Fact]
    public void A_member_that_new_code_forgot_shows() =>
        Assert.Equal(["/b/0/c"], LostFrom(JsonNode.Parse("""{"a":1,"b":[{"c":2}]}""")!, JsonNode.Parse("""{"a":1,"b":[{}],"d":3}""")!, ""));

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
