using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>A request that SCIM answers with an error of its own (RFC 7644 section 3.12).</summary>
internal sealed class ScimRefusedException(int status, string? type, string sentence) : Exception(sentence)
{
    public int Status => status;

    /// <summary>One of the standard's words, or null where it has none for this status.</summary>
    public string? Type => type;

    public static ScimRefusedException Syntax(string sentence) => new(StatusCodes.Status400BadRequest, "invalidSyntax", sentence);
    public static ScimRefusedException Value(string sentence) => new(StatusCodes.Status400BadRequest, "invalidValue", sentence);
    public static ScimRefusedException Path(string sentence) => new(StatusCodes.Status400BadRequest, "invalidPath", sentence);
    public static ScimRefusedException Filter(string sentence) => new(StatusCodes.Status400BadRequest, "invalidFilter", sentence);
    public static ScimRefusedException Taken(string sentence) => new(StatusCodes.Status409Conflict, "uniqueness", sentence);
    public static ScimRefusedException NotFound() => new(StatusCodes.Status404NotFound, null, "There is nothing with this id in your organisation.");
}

/// <summary>Directories understand the standard's errors alone: what a slice refuses is told in their form, as a problem is elsewhere.</summary>
internal static class ScimErrors
{
    public static async ValueTask<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ScimRefusedException refused)
        {
            return Of(refused.Status, refused.Type, refused.Message);
        }
        catch (BrokenRuleException broken)
        {
            return Of(StatusCodes.Status409Conflict, null, broken.Message);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Of(StatusCodes.Status412PreconditionFailed, null, "Somebody else has changed this meanwhile. Read it again.");
        }
        catch (JsonException)
        {
            return Of(StatusCodes.Status400BadRequest, "invalidSyntax", "The body is no JSON object.");
        }
    }

    private static ScimJson Of(int status, string? type, string detail) => new(status, new JsonObject
    {
        ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:Error"),
        ["status"] = status.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["scimType"] = type,
        ["detail"] = detail,
    });
}

/// <summary>An answer of the type that the standard asks for (RFC 7644 section 8.1). What is null is left out.</summary>
internal sealed class ScimJson(int status, JsonObject body, string? location = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        foreach (var absent in body.Where(p => p.Value is null).Select(p => p.Key).ToList()) body.Remove(absent);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/scim+json";
        if (location is not null) httpContext.Response.Headers.Location = location;
        await httpContext.Response.WriteAsync(body.ToJsonString(), httpContext.RequestAborted);
    }
}
