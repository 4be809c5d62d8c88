using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Recruitment.Identity.Clients;
using Recruitment.Identity.People;
using Recruitment.Identity.Sessions;
using Recruitment.Platform;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Recruitment.Identity.Tokens;

/// <summary>
/// What access tokens say: subject, organisation, kind, roles, and of people the session and when and by which means its person last proved who it is, which step-up (RFC 9470) asks for. No name and
/// no address; only the id token, which stays with the client, greets by e-mail.
/// </summary>
internal static class Claims
{
    /// <summary>What a machine's subject begins with.</summary>
    public const string OfMachine = "client:";

    /// <param name="person">With the memberships.</param>
    /// <param name="scopes">As granted.</param>
    /// <param name="session">The one at the issuer itself in which it is asked for.</param>
    public static ClaimsPrincipal Of(Person person, ImmutableArray<string> scopes, Session session)
    {
        // One organisation at a time: the first that is open.
        var memberships = person.Memberships.Where(m => m.IsOpen).OrderBy(m => m.From).ToList();
        var party = memberships.FirstOrDefault();
        var principal = Principal(person.Id.ToString(), person.Email, party?.PartyId, party?.Kind ?? "",
            [.. memberships.Where(m => m.PartyId == party!.PartyId).Select(m => m.Role)], scopes);
        return principal.SetClaim(OpenSessions.Named, session.Id.ToString())
            .SetClaim(OpenIddictConstants.Claims.AuthenticationTime, new DateTimeOffset(session.ProvedAt).ToUnixTimeSeconds())
            .SetClaims(OpenIddictConstants.Claims.AuthenticationMethodReference, [.. session.Ways]).SetDestinations(Where);
    }

    /// <summary>When and how it was proved, as the code or refresh token says it: what its person proves later, perhaps with somebody else holding that token, makes it no younger.</summary>
    public static ClaimsPrincipal ProvedAs(this ClaimsPrincipal principal, ClaimsPrincipal named)
    {
        var at = long.TryParse(named.GetClaim(OpenIddictConstants.Claims.AuthenticationTime), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        return principal.SetClaim(OpenIddictConstants.Claims.AuthenticationTime, at)
            .SetClaims(OpenIddictConstants.Claims.AuthenticationMethodReference, named.GetClaims(OpenIddictConstants.Claims.AuthenticationMethodReference)).SetDestinations(Where);
    }

    public static ClaimsPrincipal Of(MachineClient machine, ImmutableArray<string> scopes) =>
        Principal($"{OfMachine}{machine.ClientId}", null, machine.PartyId, machine.Kind, [machine.Role], scopes);

    private static ClaimsPrincipal Principal(
        string subject, string? name, Guid? party, string kind, ImmutableArray<string> roles, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, OpenIddictConstants.Claims.Name, OpenIddictConstants.Claims.Role);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, subject).SetClaim(OpenIddictConstants.Claims.Name, name).SetClaims(OpenIddictConstants.Claims.Role, roles);
        if (party is not null) identity.SetClaim("party", party.Value.ToString()).SetClaim("party_kind", kind);
        identity.SetScopes(scopes).SetResources(Access.Audience);
        return new ClaimsPrincipal(identity).SetDestinations(Where);
    }

    private static string[] Where(Claim claim) => claim.Type is OpenIddictConstants.Claims.Name ? [Destinations.IdentityToken] : [Destinations.AccessToken, Destinations.IdentityToken];
}
