using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace Recruitment.Identity.Tokens;

/// <summary>GET or POST /connect/authorize: a code for somebody who is signed in here; everybody else signs in first.</summary>
internal static class Authorize
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/connect/authorize", ["GET", "POST"], Handle).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();

    private static async Task<IResult> Handle(HttpContext context, IdentityDb db, CancellationToken stop)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict has not seen this request.");
        var signedIn = await context.AuthenticateAsync(Issuer.Cookie);
        if (!signedIn.Succeeded || !Guid.TryParse(signedIn.Principal.FindFirstValue("sub"), out var id))
        {
            var again = context.Request.PathBase + context.Request.Path + QueryString.Create(
                context.Request.HasFormContentType ? [.. context.Request.Form] : [.. context.Request.Query]);
            return Results.Challenge(new AuthenticationProperties { RedirectUri = again }, [Issuer.Cookie]);
        }
        var person = await db.People.AsNoTracking().Include(p => p.Memberships).SingleOrDefaultAsync(p => p.Id == id, stop);
        if (person is null || !person.Memberships.Any(m => m.IsOpen))
        {
            await context.SignOutAsync(Issuer.Cookie);
            return Results.Challenge(new AuthenticationProperties { RedirectUri = "/" }, [Issuer.Cookie]);
        }
        return Results.SignIn(Claims.Of(person, request.GetScopes()), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
