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

    /// <summary>As <see cref="WithIfMatch{TBuilder}"/>, and whoever changes what is there must say which version he read: the answer to a request that does not is 428.</summary>
    public static TBuilder WithRequiredIfMatch<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithIfMatch().WithMetadata(
            new ProducesResponseTypeMetadata(StatusCodes.Status428PreconditionRequired, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));

    /// <summary>Refuses a request that names another version, and one that names none: where a careless change does harm, having read is no courtesy.</summary>
    public static void MustSayWhatWasRead(this Caller caller, int version)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.IfMatch is "" or "*") throw new VersionMissingException();
        caller.MustHaveRead(version);
    }

    /// <summary>Whoever names a version of what is not there has read something else.</summary>
    public static void MustNotHaveRead(this Caller caller)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.IfMatch.Length > 0) throw new DbUpdateConcurrencyException("The request was made from a version of something that is not there.");
    }

    /// <summary>Refuses when the request names another version. One that names none is guarded by the database alone.</summary>
    public static void MustHaveRead(this Caller caller, int version)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (caller.IfMatch is { Length: > 0 } read && read != "*" && read.Trim('"') != FormattableString.Invariant($"{version}"))
            throw new DbUpdateConcurrencyException("The request was made from another version."); // as the database says it, and answered alike
    }
}

/// <summary>A request that had to say which version it was made from, and did not.</summary>
internal sealed class VersionMissingException : Exception;

/// <summary>A request header for the API's document.</summary>
internal sealed record DocumentedHeader(string Name, string Description);
