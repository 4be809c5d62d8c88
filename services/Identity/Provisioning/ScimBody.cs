using System.Text.Json.Nodes;

namespace Recruitment.Identity.Provisioning;

/// <summary>What a directory sent, read as the standard reads it: attribute names in any capitals, and what is not ours left alone.</summary>
internal sealed class ScimBody
{
    private readonly JsonObject json;

    private ScimBody(JsonObject json) => this.json = json;

    public static async Task<ScimBody> Read(HttpRequest request, CancellationToken stop) =>
        new(await JsonNode.ParseAsync(request.Body, NamesInAnyCase, cancellationToken: stop) as JsonObject ?? throw ScimRefusedException.Syntax("The body is no JSON object."));

    public static ScimBody Of(JsonObject json) => new(Copy(json));

    private static readonly JsonNodeOptions NamesInAnyCase = new() { PropertyNameCaseInsensitive = true };

    public JsonNode? this[string name] => json[name];

    public bool Has(string name) => json.ContainsKey(name);

    /// <summary>Null when it is not there or null.</summary>
    public string? Text(string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text.Length <= 256 ? text : throw ScimRefusedException.Value($"{name} is longer than 256 characters."),
        _ => throw ScimRefusedException.Value($"{name} is no text."),
    };

    public string NeededText(string name) => Text(name) is { Length: > 0 } text ? text.Trim() : throw ScimRefusedException.Value($"{name} is missing.");

    /// <summary>True and false, also as the words in quotation marks that one large provider sends.</summary>
    public static bool Truth(JsonNode? node, string name) => node switch
    {
        JsonValue value when value.TryGetValue<bool>(out var truth) => truth,
        JsonValue value when value.TryGetValue<string>(out var text) && bool.TryParse(text, out var truth) => truth,
        _ => throw ScimRefusedException.Value($"{name} is true or false."),
    };

    /// <param name="activeOtherwise">When it is not said: a replacement that leaves it out lets nobody in again who was shut out.</param>
    public UserValues User(bool activeOtherwise) => new(NeededText("userName"), Text("externalId"), Has("active") ? Truth(this["active"], "active") : activeOtherwise);

    public GroupValues Group() => new(NeededText("displayName"), Text("externalId"), Members(this["members"]).ToHashSet());

    /// <summary>The ids of members, given as objects with a value.</summary>
    public static IEnumerable<Guid> Members(JsonNode? node) => node switch
    {
        null => [],
        JsonArray members => members.Select(Member),
        JsonObject one => [Member(one)],
        _ => throw ScimRefusedException.Value("members is a list of objects with a value."),
    };

    private static Guid Member(JsonNode? node) =>
        node is JsonObject member && Copy(member)["value"] is JsonValue value && value.TryGetValue<string>(out var text) && Guid.TryParse(text, out var id)
            ? id
            : throw ScimRefusedException.Value("A member is an object whose value is the id of a user here.");

    private static JsonObject Copy(JsonObject from)
    {
        var copy = new JsonObject(NamesInAnyCase);
        foreach (var (name, value) in from)
            if (!copy.TryAdd(name, value?.DeepClone())) throw ScimRefusedException.Syntax($"{name} stands there twice.");
        return copy;
    }
}
