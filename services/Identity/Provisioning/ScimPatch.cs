using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Recruitment.Identity.Provisioning;

/// <summary>Changes of a PATCH (RFC 7644 section 3.5.2), applied to what is kept: all of them, or none when one cannot be understood.</summary>
/// <remarks>Directories also change what is not kept here, as names; that is left alone. What could leave a leaver active is never passed over: a change of it that is not understood is refused.</remarks>
internal static partial class ScimPatch
{
    private const string UserSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
    private const string GroupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private sealed record Operation(string Op, string? Path, JsonNode? Value);

    public static UserValues Of(ScimBody body, UserValues values) => Operations(body).Aggregate(values, (now, operation) => operation.Path is { } path
        ? Set(now, operation.Op, Bare(path, UserSchema), operation.Value)
        : Objects(operation.Value, UserSchema).Aggregate(now, (next, pair) => Set(next, operation.Op, Bare(pair.Key, UserSchema), pair.Value)));

    public static GroupValues Of(ScimBody body, GroupValues values) => Operations(body).Aggregate(values, (now, operation) => operation.Path is { } path
        ? Set(now, operation.Op, Bare(path, GroupSchema), operation.Value)
        : Objects(operation.Value, GroupSchema).Aggregate(now, (next, pair) => Set(next, operation.Op, Bare(pair.Key, GroupSchema), pair.Value)));

    private static IEnumerable<Operation> Operations(ScimBody body)
    {
        if (body["Operations"] is not JsonArray { Count: > 0 } operations) throw ScimRefusedException.Syntax("Operations is a list of at least one change.");
        foreach (var one in operations)
        {
            var operation = ScimBody.Of(one as JsonObject ?? throw ScimRefusedException.Syntax("An operation is an object with op, path and value."));
            var op = operation.NeededText("op").ToLowerInvariant();
            if (op is not ("add" or "replace" or "remove")) throw ScimRefusedException.Syntax("op is add, replace or remove.");
            var path = operation.Text("path");
            if (path is null && op == "remove") throw new ScimRefusedException(StatusCodes.Status400BadRequest, "noTarget", "What is to be removed is said by a path.");
            yield return new(op, path, operation["value"]);
        }
    }

    /// <summary>Attributes of a change without a path; those that stand under the schema's own name as well.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Objects(JsonNode? value, string schema) =>
        (value as JsonObject ?? throw ScimRefusedException.Value("A change without a path has an object as value."))
            .SelectMany(pair => pair.Key.Equals(schema, StringComparison.OrdinalIgnoreCase) && pair.Value is JsonObject under ? under : new[] { pair }.AsEnumerable());

    /// <summary>The attribute without the name of its schema, in small letters.</summary>
    private static string Bare(string path, string schema)
    {
        var bare = path.Trim().ToLowerInvariant();
        return bare.StartsWith(schema.ToLowerInvariant() + ":", StringComparison.Ordinal) ? bare[(schema.Length + 1)..] : bare;
    }

    private static UserValues Set(UserValues values, string op, string attribute, JsonNode? value) => (attribute, op) switch
    {
        ("active", "remove") => throw ScimRefusedException.Value("active is true or false and cannot be removed. Say false to take all roles away."),
        ("active", _) => values with { Active = ScimBody.Truth(value, "active") },
        ("username", "remove") => throw ScimRefusedException.Value("userName cannot be removed."),
        ("username", _) => values with { UserName = Text(value, "userName") },
        ("externalid", "remove") => values with { ExternalId = null },
        ("externalid", _) => values with { ExternalId = Text(value, "externalId") },
        _ when attribute.StartsWith("active", StringComparison.Ordinal) || attribute.StartsWith("username", StringComparison.Ordinal) || !Attribute().IsMatch(attribute) =>
            throw ScimRefusedException.Path("This path is not understood."),
        _ => values,
    };

    private static GroupValues Set(GroupValues values, string op, string attribute, JsonNode? value)
    {
        if (OneMember().Match(attribute) is { Success: true } one)
        {
            if (op != "remove") throw ScimRefusedException.Path("A single member is only removed by this path. To add one, say members.");
            return values with { Members = values.Members.Where(m => m != Guid.Parse(one.Groups["id"].Value)).ToHashSet() };
        }
        return (attribute, op) switch
        {
            ("members", "add") => values with { Members = values.Members.Concat(ScimBody.Members(value)).ToHashSet() },
            ("members", "replace") => values with { Members = ScimBody.Members(value).ToHashSet() },
            ("members", "remove") => values with { Members = value is null ? new HashSet<Guid>() : values.Members.Except(ScimBody.Members(value)).ToHashSet() },
            ("displayname", "remove") => throw ScimRefusedException.Value("displayName cannot be removed."),
            ("displayname", _) => values with { DisplayName = Text(value, "displayName") },
            ("externalid", "remove") => values with { ExternalId = null },
            ("externalid", _) => values with { ExternalId = Text(value, "externalId") },
            _ when attribute.StartsWith("members", StringComparison.Ordinal) || !Attribute().IsMatch(attribute) => throw ScimRefusedException.Path("This path is not understood."),
            _ => values,
        };
    }

    private static string Text(JsonNode? value, string name) =>
        value is JsonValue given && given.TryGetValue<string>(out var text) && text.Trim() is { Length: > 0 and <= 256 } trimmed
            ? trimmed
            : throw ScimRefusedException.Value($"{name} is a text of 1 to 256 characters.");

    [GeneratedRegex("""^members\[\s*value\s+eq\s+"(?<id>[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})"\s*\]$""")]
    private static partial Regex OneMember();

    /// <summary>Any attribute that a directory may know, of whatever schema.</summary>
    [GeneratedRegex("""^[a-z][a-z0-9:._-]*(\[[^\]]*\](\.[a-z0-9]+)?)?$""")]
    private static partial Regex Attribute();
}
