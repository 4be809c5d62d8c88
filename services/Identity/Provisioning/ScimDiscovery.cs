using System.Text.Json.Nodes;

namespace Recruitment.Identity.Provisioning;

/// <summary>/scim/v2/ServiceProviderConfig, /ResourceTypes and /Schemas: what a directory can expect here (RFC 7644 section 4).</summary>
internal static class ScimDiscovery
{
    public static void Map(RouteGroupBuilder scim)
    {
        scim.MapGet("/ServiceProviderConfig", Features).WithName("GetScimServiceProviderConfig");
        scim.MapGet("/ResourceTypes", Types).WithName("ListScimResourceTypes");
        scim.MapGet("/Schemas", Schemas).WithName("ListScimSchemas");
    }

    private static ScimJson Features(HttpRequest http) => new(StatusCodes.Status200OK, new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
        ["patch"] = Supported(true),
        ["bulk"] = new JsonObject { ["supported"] = false, ["maxOperations"] = 0, ["maxPayloadSize"] = 0 },
        ["filter"] = new JsonObject { ["supported"] = true, ["maxResults"] = 200 },
        ["changePassword"] = Supported(false),
        ["sort"] = Supported(false),
        ["etag"] = Supported(true),
        ["authenticationSchemes"] = new JsonArray(new JsonObject
        {
            ["type"] = "oauthbearertoken", ["name"] = "OAuth 2.0 client credentials", ["description"] = "An access token of a machine client of the organisation, with the scope scim.",
        }),
        ["meta"] = new JsonObject { ["resourceType"] = "ServiceProviderConfig", ["location"] = ScimMeta.At("ServiceProviderConfig", http) },
    });

    private static ScimJson Types() => All([Type("User", "/Users", ScimUsers.Schema), Type("Group", "/Groups", ScimGroups.Schema)]);

    private static ScimJson Schemas() => All(
    [
        Schema(ScimUsers.Schema, "User", Text("userName", needed: true, unique: "server"), Text("externalId"), Truth("active")),
        Schema(ScimGroups.Schema, "Group", Text("displayName", needed: true, unique: "server"), Text("externalId"), new JsonObject
        {
            ["name"] = "members", ["type"] = "complex", ["multiValued"] = true, ["required"] = false, ["mutability"] = "readWrite", ["returned"] = "default",
            ["subAttributes"] = new JsonArray(Text("value", needed: true)),
        }),
    ]);

    private static JsonObject Supported(bool supported) => new() { ["supported"] = supported };

    private static JsonObject Type(string name, string endpoint, string schema) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:ResourceType"), ["id"] = name, ["name"] = name, ["endpoint"] = endpoint, ["schema"] = schema,
    };

    private static JsonObject Schema(string id, string name, params JsonNode[] attributes) => new()
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:Schema"), ["id"] = id, ["name"] = name, ["attributes"] = new JsonArray(attributes),
    };

    private static JsonObject Text(string name, bool needed = false, string unique = "none") => new()
    {
        ["name"] = name, ["type"] = "string", ["multiValued"] = false, ["required"] = needed, ["caseExact"] = false, ["mutability"] = "readWrite", ["returned"] = "default", ["uniqueness"] = unique,
    };

    private static JsonObject Truth(string name) => new()
    {
        ["name"] = name, ["type"] = "boolean", ["multiValued"] = false, ["required"] = false, ["mutability"] = "readWrite", ["returned"] = "default",
    };

    private static ScimJson All(JsonObject[] resources) => new(StatusCodes.Status200OK, new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:ListResponse"),
        ["totalResults"] = resources.Length,
        ["startIndex"] = 1,
        ["itemsPerPage"] = resources.Length,
        ["Resources"] = new JsonArray([.. resources]),
    });
}
