using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;

namespace Recruitment.Identity.Tokens;

/// <summary>GET or POST /connect/end-session: ends the session at the issuer and returns to the client.</summary>
internal static class EndSession
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/connect/end-session", ["GET", "POST"], Handle).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();

    private static IResult Handle() => Results.SignOut(
        new AuthenticationProperties { RedirectUri = "/" }, [Issuer.Cookie, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
