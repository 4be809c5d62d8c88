using System.Collections.Immutable;
using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Identity.SignInClients;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.Tokens;

/// <summary>
/// What a client that is not ours learns of a person, in the id token: a subject that only its organisation knows, when the person proved who it is, and the e-mail address where that was allowed.
/// No organisation, no role, no session. The access token, which the protocol demands, says nothing and is for no service.
/// </summary>
internal static class ClaimsForOthers
{
    /// <summary>Everything that such a client may ask for.</summary>
    public static readonly IReadOnlyList<string> Scopes = [OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.Email];

    public static ClaimsPrincipal Of(Person person, SignInClient client, ImmutableArray<string> scopes, Session session, string issuer)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, OpenIddictConstants.Claims.Name, OpenIddictConstants.Claims.Role);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, client.SubjectOf(person.Id));
        identity.SetClaim(OpenIddictConstants.Claims.AuthenticationTime, new DateTimeOffset(session.ProvedAt).ToUnixTimeSeconds());
        // By the address we know people; there is no other name.
        if (scopes.Contains(OpenIddictConstants.Scopes.Profile)) identity.SetClaim(OpenIddictConstants.Claims.Name, person.Email);
        if (scopes.Contains(OpenIddictConstants.Scopes.Email)) identity.SetClaim(OpenIddictConstants.Claims.Email, person.Email).SetClaim(OpenIddictConstants.Claims.EmailVerified, person.EmailConfirmed);
        // Stays in the code, where it is asked for when the code comes back.
        identity.SetClaim(OpenSessions.Named, session.Id.ToString());
        // Its scopes are no less than allowed and no more than such a client ever gets; its audience is the issuer, which serves nothing to it.
        identity.SetScopes(scopes.Where(Scopes.Contains)).SetResources(issuer);
        return new ClaimsPrincipal(identity).SetDestinations(Where).SetAccessTokenLifetime(Issuer.AccessOfOthers);
    }

    private static string[] Where(Claim claim) => claim.Type switch
    {
        OpenIddictConstants.Claims.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
        OpenSessions.Named => [],
        _ => [Destinations.IdentityToken],
    };
}
