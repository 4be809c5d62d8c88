using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace Recruitment.Contracts.Tests;

/// <summary>What every operation promises (docs/adr/0015), read from the documents, and what docs/api-exceptions.txt says of those that do not.</summary>
internal static partial class ApiConventions
{
    /// <summary>Takes Idempotency-Key: what makes something makes it once.</summary>
    private const string Key = "key";

    /// <summary>Takes a cursor and answers with next: no list ends where nobody can read on.</summary>
    private const string Pages = "pages";

    /// <summary>Takes If-Match: nobody overwrites what he has not read.</summary>
    private const string Version = "version";

    /// <summary>Each as "METHOD /path rule".</summary>
    public static IEnumerable<string> Breaches(OpenApiDocument document) =>
        from path in document.Paths
        from operation in path.Value.Operations!
        from rule in Broken(path.Key, operation.Key.Method, operation.Value)
        select $"{operation.Key.Method} {path.Key} {rule}";

    /// <summary>Where the breaches and the written exceptions differ. A line that says {service} stands for what Platform gives to several services.</summary>
    public static IReadOnlyList<string> NotAsWrittenDown(IReadOnlyCollection<string> breaches, IEnumerable<string> text)
    {
        var lines = text.Where(l => l.Length > 0 && l[0] != '#').ToList();
        var written = lines.Select(l => l.Split(": ")[0]).ToList();
        return
        [
            .. breaches.Where(b => !written.Contains(b) && !written.Contains(OfAnyService(b))).Select(b => $"{b}: breaks the rule and has no line"),
            .. written.Where(w => !breaches.Contains(w) && !breaches.Any(b => OfAnyService(b) == w)).Select(w => $"{w}: has a line and no need of it"),
            .. written.GroupBy(w => w).Where(g => g.Count() > 1).Select(g => $"{g.Key}: has several lines"),
            .. lines.Where(l => !Line().IsMatch(l)).Select(l => $"no reason: {l}"),
        ];
    }

    private static IEnumerable<string> Broken(string path, string method, OpenApiOperation operation)
    {
        var makes = operation.Responses?.ContainsKey("201") == true;
        if (method == "POST" && makes && !Takes(operation, ParameterLocation.Header, "Idempotency-Key")) yield return Key;
        if (method == "GET" && Answer(operation) is { } answer && IsList(answer) && !(Takes(operation, ParameterLocation.Query, "cursor") && answer.Properties?.ContainsKey("next") == true)) yield return Pages;
        // What is named in the address of a POST is there already, and is what it changes.
        var changes = method is "PUT" or "PATCH" or "DELETE" || (method == "POST" && !makes && path.Contains('{', StringComparison.Ordinal));
        if (changes && !Takes(operation, ParameterLocation.Header, "If-Match")) yield return Version;
    }

    private static bool Takes(OpenApiOperation operation, ParameterLocation where, string name) => operation.Parameters?.Any(p => p.In == where && p.Name == name) == true;

    private static IOpenApiSchema? Answer(OpenApiOperation operation) =>
        operation.Responses?.GetValueOrDefault("200")?.Content is { } content && content.TryGetValue("application/json", out var body) ? body.Schema : null;

    /// <summary>A list, or one thing with lists of others in it. Codes, such as corridors, are no list of things.</summary>
    private static bool IsList(IOpenApiSchema schema) => IsOfThings(schema) || schema.Properties?.Values.Any(IsOfThings) == true;

    private static bool IsOfThings(IOpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.Array) == true && schema.Items is { } item && (item.Type?.HasFlag(JsonSchemaType.String) != true || item.Format == "uuid");

    private static string OfAnyService(string breach) => Service().Replace(breach, " /api/v1/{service}/");

    [GeneratedRegex("^(GET|POST|PUT|PATCH|DELETE) /[^ ]+ (key|pages|version): .{10,}$")]
    private static partial Regex Line();

    [GeneratedRegex(" /api/v1/[a-z]+/")]
    private static partial Regex Service();
}
