using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Recruitment.Platform;

/// <summary>Nobody overwrites what he has not read: <c>If-Match: "7"</c> with the version that was read.</summary>
public static class Preconditions
{
    /// <summary>Says in the API's document that the endpoint takes If-Match and may answer 412.</summary>
    public static TBuilder WithIfMatch<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(
            new DocumentedHeader("If-Match", "The version that was read, for instance \"7\". When somebody else has written since, the answer is 412 and nothing is saved."),
            new ProducesResponseTypeMetadata(StatusCodes.Status412PreconditionFailed, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));

    /// <summary>Refuses when the request names another version. One that names none is guarded by the database alone.</summary>
    public static void MustHaveRead(this Caller caller, int version)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.IfMatch is { Length: > 0 } read && read != "*" && read.Trim('"') != FormattableString.Invariant($"{version}"))
            throw new DbUpdateConcurrencyException("The request was made from another version."); // as the database says it, and answered alike
    }
}

/// <summary>A request header for the API's document.</summary>
internal sealed record DocumentedHeader(string Name, string Description);
