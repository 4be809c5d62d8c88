using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;
using Recruitment.Identity.Credentials;
using Recruitment.Identity.Sessions;

namespace Recruitment.Identity.Tokens;

/// <summary>GET or POST /connect/end-session: ends the session at the issuer, for every copy of its cookie and every token made in it, and returns to the client.</summary>
internal static class EndSession
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/connect/end-session", ["GET", "POST"], Handle).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();

    private static async Task<IResult> Handle(HttpContext context, OpenSessions sessions, PageTrail trail)
    {
        if (await sessions.Current(context) is { } session) await trail.With("SignOut", session.PersonId, session.Id, () => sessions.End(session.PersonId, session.Id, Session.SignedOut));
        return Results.SignOut(new AuthenticationProperties { RedirectUri = "/" }, [Issuer.Cookie, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }
}
