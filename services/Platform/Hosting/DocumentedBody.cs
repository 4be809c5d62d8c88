using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Recruitment.Platform;

/// <summary>Says in the API's document what the body is that an endpoint reads itself, as it arrives.</summary>
public static class DocumentedBodies
{
    /// <summary>The file as the body itself, of one of the types, or as the file of a form.</summary>
    public static TBuilder WithFileBody<TBuilder>(this TBuilder endpoint, string description, params string[] types)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new DocumentedBody(description, types, []));

    /// <summary>A form with fields and last the file.</summary>
    public static TBuilder WithFormBody<TBuilder>(this TBuilder endpoint, string description, params FormField[] fields)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new DocumentedBody(description, [], fields));
}

/// <summary>A field of a form, and the codes it takes when they are a closed set.</summary>
public sealed record FormField(string Name, string Description, IEnumerable<string>? Codes = null);

/// <summary>Metadata of an endpoint that reads its body itself.</summary>
internal sealed record DocumentedBody(string Description, IReadOnlyList<string> Types, IReadOnlyList<FormField> Fields)
{
    public OpenApiRequestBody Describe() => new()
    {
        Description = Description,
        Required = true,
        Content = Types.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = File() })
            .Append(new("multipart/form-data", new OpenApiMediaType { Schema = Form() })).ToDictionary(),
    };

    private static OpenApiSchema File() => new() { Type = JsonSchemaType.String, Format = "binary" };

    private OpenApiSchema Form() => new()
    {
        Type = JsonSchemaType.Object,
        Required = Fields.Select(f => f.Name).Append("file").ToHashSet(),
        Properties = Fields.ToDictionary(f => f.Name, f => (IOpenApiSchema)new OpenApiSchema
        {
            Type = JsonSchemaType.String, Description = f.Description, Enum = f.Codes is null ? null : [.. f.Codes.Select(c => (JsonNode)JsonValue.Create(c))],
        }).Append(new("file", File())).ToDictionary(),
    };
}
