using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Recruitment.Platform;

/// <summary>The API's document says what the code says: the sentence over a slice is its summary there.</summary>
internal static partial class Documentation
{
    private static readonly ConcurrentDictionary<Assembly, Lazy<Dictionary<string, string>>> Sentences = new();

    public static void DescribeSlices(this OpenApiOptions openApi)
    {
        // Every slice has a Request of its own; by their short names alone one would stand for all.
        openApi.CreateSchemaReferenceId = type => OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name
            ? type.Type.DeclaringType is { } slice ? slice.Name + name : name
            : null;
        openApi.AddOperationTransformer(Describe);
        openApi.AddSchemaTransformer(ListCodes);
    }

    /// <summary>A field of a closed set of codes lists them, whether the framework checks them or the slice.</summary>
    private static Task ListCodes(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        if (context.JsonPropertyInfo?.AttributeProvider is not { } property) return Task.CompletedTask;

        var codes = property.GetCustomAttributes(typeof(OneOfAttribute), false).OfType<OneOfAttribute>().SelectMany(a => a.Codes())
            .Concat(property.GetCustomAttributes(typeof(AllowedValuesAttribute), false).OfType<AllowedValuesAttribute>().SelectMany(a => a.Values.OfType<string>()))
            .Concat(property.GetCustomAttributes(typeof(RegularExpressionAttribute), false).OfType<RegularExpressionAttribute>().Where(a => Alternatives().IsMatch(a.Pattern)).SelectMany(a => a.Pattern.Split('|')))
            .ToList();
        if (codes.Count == 0) return Task.CompletedTask;

        schema.Enum = [.. codes.Distinct(StringComparer.Ordinal).Select(c => (JsonNode)JsonValue.Create(c))];
        if (schema.Type?.HasFlag(JsonSchemaType.Null) == true) schema.Enum.Add(JsonNullSentinel.JsonNull);
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var header in metadata.OfType<DocumentedHeader>())
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = header.Name, In = ParameterLocation.Header, Description = header.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }
        if (metadata.OfType<DocumentedBody>().FirstOrDefault() is { } body) operation.RequestBody = body.Describe();
        operation.Responses ??= [];
        if (metadata.OfType<DocumentedFile>().FirstOrDefault() is { } file) operation.Responses["200"] = file.Describe();
        foreach (var (_, refusal) in operation.Responses.Where(r => r.Key[0] is '4' or '5'))
        {
            if (refusal is OpenApiResponse { Content: null or { Count: 0 } } bare) bare.Content = DocumentedAnswers.Problem().Content;
        }
        operation.Responses["default"] = DocumentedAnswers.Problem();
        if (metadata.OfType<MethodInfo>().FirstOrDefault()?.DeclaringType is { } slice && SentenceOf(slice) is { } sentence)
            (operation.Summary, operation.Description) = Split(sentence);
        return Task.CompletedTask;
    }

    /// <summary>"PUT /a/{id} (who): does this. And that." becomes "Does this." with "For who. And that." below it.</summary>
    internal static (string Summary, string? Description) Split(string sentence)
    {
        var match = Head().Match(sentence);
        var (who, text) = match.Success ? (match.Groups["who"].Value, match.Groups["text"].Value) : ("", sentence);
        var end = text.IndexOf(". ", StringComparison.Ordinal);
        var (summary, rest) = end < 0 ? (text, "") : (text[..(end + 1)], text[(end + 2)..]);
        string[] more = [who.Length > 0 ? $"For: {who}." : "", rest];
        var description = string.Join(' ', more.Where(m => m.Length > 0));
        return (char.ToUpperInvariant(summary[0]) + summary[1..], description.Length > 0 ? description : null);
    }

    private static string? SentenceOf(Type slice) =>
        Sentences.GetOrAdd(slice.Assembly, assembly => new(() => Read(assembly))).Value.GetValueOrDefault($"T:{slice.FullName!.Replace('+', '.')}");

    /// <summary>From the file that the compiler writes beside the assembly.</summary>
    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var file = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        if (!File.Exists(file)) return [];

        return XDocument.Load(file).Descendants("member")
            .Where(m => m.Attribute("name")!.Value.StartsWith("T:", StringComparison.Ordinal) && m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => Spaces().Replace(Text(m.Element("summary")!), " ").Trim());
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XElement { Name.LocalName: "see" } see => see.Attribute("cref")?.Value.Split('.')[^1] ?? "",
        XElement inner => Text(inner),
        _ => node.ToString(SaveOptions.DisableFormatting).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal),
    }));

    [GeneratedRegex(@"^(?:GET|POST|PUT|DELETE|PATCH) [^\s,]+?(?: \((?<who>[^)]*)\)|, (?<who>[^:]+))?: (?<text>.+)$")]
    private static partial Regex Head();

    /// <summary>A pattern that is a list of codes and nothing else.</summary>
    [GeneratedRegex(@"^\w+(\|\w+)+$")]
    private static partial Regex Alternatives();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
