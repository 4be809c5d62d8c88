using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Recruitment.Identity.People;

namespace Recruitment.Identity.Tokens;

/// <summary>
/// GET or POST /connect/authorize: a code for somebody who is signed in here; everybody else signs in first, and so does who is signed in when the client asks
/// for it: <c>prompt=login</c>, or <c>max_age</c> and it was longer ago (OpenID Connect Core 3.1.2.1). When it was, the id token says as <c>auth_time</c>.
/// </summary>
internal static class Authorize
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/connect/authorize", ["GET", "POST"], Handle).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();

    private static async Task<IResult> Handle(HttpContext context, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict has not seen this request.");
        var signedIn = await context.AuthenticateAsync(Issuer.Cookie);
        if (!signedIn.Succeeded || !Guid.TryParse(signedIn.Principal.FindFirstValue("sub"), out var id) || IsToProveItAnew(request, signedIn.Principal, time))
            return Results.Challenge(new AuthenticationProperties { RedirectUri = Again(context.Request) }, [Issuer.Cookie]);

        var person = await db.People.AsNoTracking().WithOpenMemberships(time.GetUtcNow().UtcDateTime).SingleOrDefaultAsync(p => p.Id == id, stop);
        if (person is null || !person.Memberships.Any(m => m.IsOpen))
        {
            await context.SignOutAsync(Issuer.Cookie);
            return Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [Issuer.Cookie]);
        }
        return Results.SignIn(Claims.Of(person, request.GetScopes(), Session.ProvedAt(signedIn.Principal)), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static bool IsToProveItAnew(OpenIddictRequest request, ClaimsPrincipal session, TimeProvider time) =>
        request.HasPromptValue(OpenIddictConstants.PromptValues.Login)
        || (request.MaxAge is { } seconds && !(Session.ProvedAt(session)?.AddSeconds(seconds) >= time.GetUtcNow()));

    /// <summary>The same request without the wish to sign in anew, which is met when it comes back. The client looks at <c>auth_time</c>, so leaving it out wins nothing.</summary>
    private static string Again(HttpRequest request)
    {
        IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> asked = request.HasFormContentType ? request.Form : request.Query;
        return request.PathBase + request.Path + QueryString.Create(asked.Where(p => p.Key is not (OpenIddictConstants.Parameters.Prompt or OpenIddictConstants.Parameters.MaxAge)));
    }
}
