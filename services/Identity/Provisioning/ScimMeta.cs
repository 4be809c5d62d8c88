using System.Globalization;
using System.Text.Json.Nodes;

namespace Recruitment.Identity.Provisioning;

/// <summary>What stands about every resource (RFC 7643 section 3.1).</summary>
internal static class ScimMeta
{
    public const string Root = "/api/v1/identity/scim/v2";

    public static JsonObject Of(string type, DateTime created, DateTime changed, int version, string path, HttpRequest http) => new()
    {
        ["resourceType"] = type,
        ["created"] = created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["lastModified"] = changed.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["version"] = $"W/\"{version.ToString(CultureInfo.InvariantCulture)}\"",
        ["location"] = At(path, http),
    };

    public static string At(string path, HttpRequest http) => $"{http.Scheme}://{http.Host}{Root}/{path}";
}
