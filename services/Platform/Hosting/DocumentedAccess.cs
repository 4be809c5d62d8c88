using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Recruitment.Platform;

/// <summary>The API's document says how a token is obtained, and which operations need one.</summary>
internal static class DocumentedAccess
{
    private const string ClientCredentials = "clientCredentials";
    private const string Bearer = "bearer";
    private const string Scope = "api";

    public static void DescribeAccess(this OpenApiOptions openApi)
    {
        openApi.AddDocumentTransformer(Schemes);
        openApi.AddOperationTransformer(Need);
    }

    private static Task Schemes(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        var issuer = context.ApplicationServices.GetRequiredService<IOptions<PlatformOptions>>().Value.Issuer.TrimEnd('/');
        var schemes = (document.Components ??= new()).SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        schemes[ClientCredentials] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.OAuth2,
            Description = "For programs: a client id and its secret for a token of five minutes. See docs/machine-clients.md.",
            Flows = new()
            {
                ClientCredentials = new() { TokenUrl = new Uri($"{issuer}/connect/token"), Scopes = new Dictionary<string, string> { [Scope] = "Act with the role and for the organisation of the client." } },
            },
        };
        schemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "An access token of the issuer that this installation trusts, however it was obtained.",
        };
        return Task.CompletedTask;
    }

    private static OpenApiResponse SignInAgain()
    {
        var answer = DocumentedAnswers.Problem();
        answer.Description = $"A person proved too long ago who it is (`{FreshSignIn.TooOld}`): `WWW-Authenticate` says within how many seconds it must have been (`max_age`, RFC 9470). Nothing was done. See docs/identity.md.";
        return answer;
    }

    /// <summary>Whatever does not say that anybody may call it needs a token: access is denied by default.</summary>
    private static Task Need(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) return Task.CompletedTask;

        operation.Security =
        [
            new() { [new OpenApiSecuritySchemeReference(ClientCredentials, context.Document)] = [Scope] },
            new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] },
        ];
        if (FreshSignIn.Of(context.Description.ActionDescriptor.EndpointMetadata) is not null) (operation.Responses ??= [])["401"] = SignInAgain();
        return Task.CompletedTask;
    }
}
