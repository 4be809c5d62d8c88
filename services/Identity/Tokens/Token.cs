using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Recruitment.Identity.Claiming;
using Recruitment.Identity.Clients;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.Tokens;

/// <summary>POST /connect/token: tokens for a code, a refresh token or a machine's secret. Memberships and the session are read anew each time, so that an ended one ends access. Only the web's tokens act here.</summary>
internal static class Token
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/connect/token", Handle).AllowAnonymous().ExcludeFromDescription().DisableAntiforgery();

    private static async Task<IResult> Handle(HttpContext context, IdentityDb db, OpenSessions sessions, IOptions<PlatformOptions> platform, TimeProvider time, CancellationToken stop)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("OpenIddict has not seen this request.");
        if (request.IsClientCredentialsGrantType())
        {
            var machine = await FindMachine.ThatMayAct(db, request.ClientId, time, stop);
            if (machine is null) return Refuse(Errors.UnauthorizedClient);

            var principal = await Claims.Of(machine, request.GetScopes()).SayWhetherVerified(db, stop);
            return SignIn(machine.CreatedAt is null ? principal : principal.SetAccessTokenLifetime(Issuer.AccessOfOthers));
        }

        var given = await context.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        if (given.Principal is not { } named || await sessions.Find(named) is not { } session) return Refuse(Errors.InvalidGrant);

        var person = await db.People.AsNoTracking().WithOpenMemberships(time.GetUtcNow().UtcDateTime).SingleOrDefaultAsync(p => p.Id == session.PersonId, stop);
        if (person is null || !person.Memberships.Any(m => m.IsOpen)) return Refuse(Errors.InvalidGrant);

        if (request.ClientId == RegisterClients.WebClient) return SignIn((await Claims.Of(person, named.GetScopes(), session).ProvedAs(named).SayWhetherVerified(db, stop)).SetAccessTokenLifetime(Issuer.AccessOfOthers));
        var client = await db.SignInClients.AsNoTracking().SingleOrDefaultAsync(c => c.ClientId == request.ClientId && c.EndedAt == null, stop);
        return client is null ? Refuse(Errors.UnauthorizedClient) : SignIn(ClaimsForOthers.Of(person, client, named.GetScopes(), session, platform.Value.Issuer));
    }

    private static IResult SignIn(ClaimsPrincipal principal) =>
        Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    private static IResult Refuse(string error) => Results.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?> { [OpenIddictServerAspNetCoreConstants.Properties.Error] = error }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
}
