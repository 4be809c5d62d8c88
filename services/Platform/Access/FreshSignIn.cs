using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Recruitment.Platform;

/// <summary>Acts that nobody does who only found a screen left open or got hold of a session: whoever asks for one has proved shortly before who it is (RFC 9470).</summary>
public static class FreshSignIn
{
    /// <summary>The code of the problem that a person is answered whose sign-in is too long ago.</summary>
    public const string TooOld = "sign-in-too-old";

    /// <summary>That of one who proved it by a password alone.</summary>
    public const string TooWeak = "sign-in-too-weak";

    /// <summary>
    /// Only for people who proved within <see cref="PlatformOptions.ConfirmedForMinutes"/> who they are, in operation by more than a password. A machine proves it with every token it asks for, and its scopes say
    /// what it may; but in operation it does nothing that is for people alone.
    /// </summary>
    public static TBuilder RequireFreshSignIn<TBuilder>(this TBuilder endpoint, bool ofPeopleAlone = false)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(new AuthorizationPolicyBuilder(Access.Scheme).RequireAuthenticatedUser().AddRequirements(new FreshSignInNeeded(ofPeopleAlone)).Build());

    /// <summary>What an endpoint asks for; null where it asks for nothing of the kind.</summary>
    internal static FreshSignInNeeded? Of(IEnumerable<object> metadata) => metadata.OfType<AuthorizationPolicy>().SelectMany(p => p.Requirements).OfType<FreshSignInNeeded>().FirstOrDefault();
}

/// <summary>A sign-in of the last minutes.</summary>
internal sealed record FreshSignInNeeded(bool OfPeopleAlone) : IAuthorizationRequirement;

/// <summary>Compares the caller's sign-in with what is needed, and says what to do about it when that is all that is missing: whoever lacks the role as well is not sent to sign in for nothing.</summary>
internal sealed class JudgeSignIn(IOptions<PlatformOptions> options, TimeProvider time) : AuthorizationHandler<FreshSignInNeeded>
{
    private enum Lack { None, Person, Strength, Freshness }

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, FreshSignInNeeded requirement)
    {
        if (LackOf(context.User, requirement) == Lack.None) context.Succeed(requirement);
        return Task.CompletedTask;
    }

    public static FreshSignInNeeded? AllThatIsMissing(PolicyAuthorizationResult result) =>
        result is { Forbidden: true, AuthorizationFailure: { FailCalled: false } failure } && failure.FailedRequirements.Any() && failure.FailedRequirements.All(r => r is FreshSignInNeeded)
            ? failure.FailedRequirements.OfType<FreshSignInNeeded>().First()
            : null;

    public async Task Refuse(HttpContext context, FreshSignInNeeded needed, IProblemDetailsService problems)
    {
        var minutes = options.Value.ConfirmedForMinutes;
        var (status, code, sentence, header) = LackOf(context.User, needed) switch
        {
            Lack.Person => (StatusCodes.Status403Forbidden, "people-only", "A person decides this, signed in as herself. A program cannot.", null),
            Lack.Strength => (StatusCodes.Status401Unauthorized, FreshSignIn.TooWeak,
                "This asks for a sign-in by more than a password, and your token does not say that yours was one. Nothing was done: sign in with a passkey or a second step, then send it again.",
                "Bearer error=\"insufficient_user_authentication\", error_description=\"A sign-in by more than a password is required\""),
            _ => (StatusCodes.Status401Unauthorized, FreshSignIn.TooOld,
                string.Create(CultureInfo.InvariantCulture, $"This asks that you proved within the last {minutes} minutes who you are, and that was longer ago. Nothing was done: sign in again, then send it once more."),
                string.Create(CultureInfo.InvariantCulture, $"Bearer error=\"insufficient_user_authentication\", error_description=\"A more recent sign-in is required\", max_age=\"{minutes * 60}\"")),
        };
        context.Response.StatusCode = status;
        if (header is not null) context.Response.Headers.WWWAuthenticate = header;
        await problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = new ProblemDetails { Status = status, Type = $"urn:recruitment:{code}", Detail = sentence } });
    }

    private Lack LackOf(ClaimsPrincipal user, FreshSignInNeeded needed)
    {
        // In a demonstration machines of every role stand in for people, so that all of it can be tried by a program.
        if (MachineAccess.IsMachine(user)) return needed.OfPeopleAlone && !options.Value.IsDemonstration ? Lack.Person : Lack.None;
        if (!options.Value.IsDemonstration && !IsStrong(user)) return Lack.Strength;
        return IsFresh(user) ? Lack.None : Lack.Freshness;
    }

    /// <summary>False of an issuer that does not say when.</summary>
    private bool IsFresh(ClaimsPrincipal user) => long.TryParse(user.FindFirstValue("auth_time"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds() && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) <= TimeSpan.FromMinutes(options.Value.ConfirmedForMinutes);

    /// <summary>By what, in the words of RFC 8176 or of the issuer; what somebody only knows is a password by another name.</summary>
    private static bool IsStrong(ClaimsPrincipal user) => user.FindAll("amr").Any(way => way.Value is not ("pwd" or "pin" or "kba"));
}
