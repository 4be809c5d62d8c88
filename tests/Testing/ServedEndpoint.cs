using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Recruitment.Platform;

namespace Recruitment.Testing;

/// <summary>One method at one address of a started host, as routing knows it; no document is asked.</summary>
/// <param name="Method">ANY where routing takes every one.</param>
/// <param name="Route">Its address as it is mapped.</param>
/// <param name="Name">The endpoint's, or nothing.</param>
/// <param name="IsOpen">Whether it answers strangers.</param>
/// <param name="Said">The roles that its own policies name; null when they name none.</param>
/// <param name="OwnScope">The one scope with which machines reach it; null for those of the service.</param>
/// <param name="Takes">The kind of content that it reads: with another routing answers 415 before anybody is asked who he is.</param>
/// <param name="Pattern">The address in its parts.</param>
public sealed record ServedEndpoint(string Method, string Route, string Name, bool IsOpen, IReadOnlyList<string>? Said, string? OwnScope, string Takes, RoutePattern Pattern)
{
    /// <summary>Whether its address names one thing.</summary>
    public bool HasThing => Pattern.Parameters.Any(p => !p.IsOptional) && Route.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>Everything that the host answers, in the order of its addresses.</summary>
    public static IReadOnlyList<ServedEndpoint> Of(IServiceProvider services) =>
    [
        .. services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => Of(e, method)))
            .DistinctBy(e => (e.Method, e.Route)).OrderBy(e => e.Route, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal),
    ];

    /// <summary>Its address with made-up things in it, which nobody has.</summary>
    public string MadeUp() => "/" + string.Join('/', Pattern.PathSegments.Where(s => s.Parts is not [RoutePatternParameterPart { IsOptional: true }])
        .Select(s => string.Concat(s.Parts.Select(p => p is RoutePatternLiteralPart literal ? literal.Content : p is RoutePatternSeparatorPart separator ? separator.Content : MadeUp((RoutePatternParameterPart)p)))));

    private static string MadeUp(RoutePatternParameterPart part) => part.ParameterPolicies.Any(p => p.Content == "guid") ? $"{Guid.CreateVersion7()}" : part.ParameterPolicies.Any(p => p.Content == "int") ? "1" : "any";

    private static ServedEndpoint Of(RouteEndpoint endpoint, string method) => new(
        method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "",
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null, RolesOf(endpoint), endpoint.Metadata.GetMetadata<OwnScope>()?.Name,
        endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes is [var first, ..] ? first : "application/json", endpoint.RoutePattern);

    private static List<string>? RolesOf(RouteEndpoint endpoint)
    {
        var named = endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>().SelectMany(p => p.Requirements).OfType<RolesAuthorizationRequirement>().Select(r => r.AllowedRoles).ToList();
        return named.Count == 0 ? null : [.. named.Aggregate((all, next) => all.Intersect(next, StringComparer.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
