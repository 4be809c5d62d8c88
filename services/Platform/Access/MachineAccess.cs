using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>
/// What machines have beside a role: scopes that their token was asked with, and a number of requests a minute. One place for every endpoint that asks who is calling: none can forget it.
/// Scopes are <c>api</c>, <c>api.read</c>, and for one service <c>NAME</c> and <c>NAME.read</c>; with <c>.read</c> only methods that change nothing.
/// </summary>
internal sealed class MachineAccess(IOptions<PlatformOptions> options, JudgeSignIn signIn, IProblemDetailsService problems) : IAuthorizationMiddlewareResultHandler, IDisposable
{
    private readonly AuthorizationMiddlewareResultHandler usual = new();
    private readonly PartitionedRateLimiter<string> limiter = MachineLimit.PerMinute(options.Value.MachineRequestsPerMinute);

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (JudgeSignIn.AllThatIsMissing(authorizeResult) is { } needed)
        {
            await signIn.Refuse(context, needed, problems);
            return;
        }
        if (authorizeResult.Succeeded && context.User.FindFirstValue("sub") is { } subject && IsMachine(context.User) && context.Request.Path.StartsWithSegments("/api/v1", out var rest) && rest.HasValue)
        {
            var own = context.GetEndpoint()?.Metadata.GetMetadata<OwnScope>()?.Name;
            var (service, isRead) = (own ?? rest.Value!.Split('/', 3)[1], own is null && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)));
            if (own is null ? !MayAs(context.User, service, isRead) : !Scopes(context.User).Contains(own))
            {
                await RefuseScope(context, service, isRead, own is not null);
                return;
            }
            if (!context.User.HasClaim("role", Roles.Service))
            {
                using var lease = limiter.AttemptAcquire(subject);
                if (!lease.IsAcquired)
                {
                    await MachineLimit.Refuse(context, lease, problems);
                    return;
                }
            }
        }
        await usual.HandleAsync(next, context, policy, authorizeResult);
    }

    public void Dispose() => limiter.Dispose();

    /// <summary>Our own issuer says <c>client:</c>; with others a client that acts for itself is its own subject (RFC 9068, 2.2).</summary>
    public static bool IsMachine(ClaimsPrincipal user) =>
        user.FindFirstValue("sub") is { } subject && (subject.StartsWith("client:", StringComparison.Ordinal) || user.HasClaim("client_id", subject) || user.HasClaim("azp", subject));

    /// <summary>Scopes as RFC 9068 writes them, in one text, or as a list, which others do.</summary>
    private static bool MayAs(ClaimsPrincipal user, string service, bool isRead) =>
        Scopes(user).Any(s => s == "api" || Is(s, service) || (isRead && s.EndsWith(".read", StringComparison.Ordinal) && (s == "api.read" || Is(s[..^5], service))));

    private static IEnumerable<string> Scopes(ClaimsPrincipal user) => user.FindAll(c => c.Type is "scope" or "scp").SelectMany(c => c.Value.Split(' '));

    private static bool Is(string scope, string service) => string.Equals(scope, service, StringComparison.OrdinalIgnoreCase);

    private async Task RefuseScope(HttpContext context, string service, bool isRead, bool isOwn)
    {
        var needed = isRead ? $"{service.ToLowerInvariant()}.read" : service.ToLowerInvariant();
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{needed}\"";
        await problems.TryWriteAsync(new()
        {
            HttpContext = context,
            ProblemDetails = new ProblemDetails { Status = StatusCodes.Status403Forbidden, Type = "urn:recruitment:insufficient-scope", Detail = $"The token's scopes do not include this. Ask for a token with the scope {needed}{(isOwn ? "" : ", or api")}." },
        });
    }
}

/// <summary>Metadata of an endpoint that machines reach with this scope and no other, whatever else they may.</summary>
public sealed record OwnScope(string Name);
