using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Recruitment.Platform;

/// <summary>Says in the API's document what an endpoint answers that the framework cannot see by itself.</summary>
public static class DocumentedAnswers
{
    /// <summary>A file of this type, with the status 200.</summary>
    public static TBuilder WithFileAnswer<TBuilder>(this TBuilder endpoint, string type)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new DocumentedFile(type));

    /// <summary>Every refusal and failure is a problem, whatever its status; the framework names only those that a slice lists.</summary>
    internal static OpenApiResponse Problem() => new()
    {
        Description = "Refused or failed: a problem (RFC 9457). `type` is a code for programs, `detail` says to people what to do.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema>
                    {
                        ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
                        ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                        ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        },
    };
}

/// <summary>Metadata of an endpoint that answers with a file.</summary>
internal sealed record DocumentedFile(string Type)
{
    public OpenApiResponse Describe() => new()
    {
        Description = "The file.",
        Content = new Dictionary<string, OpenApiMediaType> { [Type] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } },
    };
}
