using System.Text.Json;
using Recruitment.Testing;

namespace Recruitment.Web.Tests.Suppliers;

/// <summary>What a service that answers from a test would refuse if it were the real one: a body is held against the service's committed OpenAPI document, which a test of the service keeps true.</summary>
internal static class Documented
{
    private static readonly JsonElement Suppliers = Read("suppliers");

    /// <summary>Fails where the real service would not know a member, miss one, or read another kind of value.</summary>
    /// <param name="call">Method and path, for instance <c>PUT /api/v1/suppliers/mine/profile</c>.</param>
    /// <param name="body">The JSON that was sent; empty when there was none.</param>
    public static void Takes(string call, string body)
    {
        var (method, path) = (call.Split(' ')[0], call.Split(' ')[1]);
        var operations = Suppliers.GetProperty("paths").EnumerateObject().Where(p => Matches(p.Name, path)).OrderBy(p => p.Name.Count(c => c == '{')).ToList();
        Assert.True(operations.Count > 0 && operations[0].Value.TryGetProperty(method.ToLowerInvariant(), out _), $"{call} is not documented");

        if (!operations[0].Value.GetProperty(method.ToLowerInvariant()).TryGetProperty("requestBody", out var documented)) Assert.Equal("", body);
        else Check(call, documented.GetProperty("content").GetProperty("application/json").GetProperty("schema"), JsonSerializer.Deserialize<JsonElement>(body));
    }

    private static void Check(string at, JsonElement given, JsonElement value)
    {
        var schema = Resolved(given);
        var types = Types(schema);
        Assert.True(types.Count == 0 || types.Contains(KindOf(value)) || (types.Contains("integer") && value.ValueKind == JsonValueKind.Number), $"{at} is {KindOf(value)} and not {string.Join(" or ", types)}");

        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (item, index) in value.EnumerateArray().Select((item, index) => (item, index))) Check($"{at}[{index}]", schema.GetProperty("items"), item);
        }
        if (value.ValueKind != JsonValueKind.Object) return;

        // One that may be null may be left out as well: the service reads both alike.
        var required = schema.TryGetProperty("required", out var must)
            ? must.EnumerateArray().Select(r => r.GetString()!).Where(r => !Types(Resolved(schema.GetProperty("properties").GetProperty(r))).Contains("null")) : [];
        Assert.All(required, member => Assert.True(value.TryGetProperty(member, out _), $"{at} lacks {member}"));
        foreach (var member in value.EnumerateObject())
        {
            var known = schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(member.Name, out var property) ? property
                : schema.TryGetProperty("additionalProperties", out var any) && any.ValueKind == JsonValueKind.Object ? any : default;
            Assert.True(known.ValueKind == JsonValueKind.Object, $"{at} has no member {member.Name}");
            Check($"{at}.{member.Name}", known, member.Value);
        }
    }

    private static JsonElement Resolved(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var name) ? Suppliers.GetProperty("components").GetProperty("schemas").GetProperty(name.GetString()!.Split('/')[^1]) : schema;

    private static List<string> Types(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? []
        : type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "string",
        JsonValueKind.Array => "array",
        JsonValueKind.Null => "null",
        _ => "object",
    };

    private static bool Matches(string template, string path)
    {
        var (wanted, given) = (template.Split('/'), path.Split('?')[0].Split('/'));
        return wanted.Length == given.Length && wanted.Zip(given).All(part => part.First.StartsWith('{') || part.First == part.Second);
    }

    private static JsonElement Read(string service)
    {
        return JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(Repository.Root, "docs", "openapi", $"{service}.json")));
    }
}
