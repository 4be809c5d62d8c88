using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Recruitment.Platform;

namespace Recruitment.Identity.Claiming;

/// <summary>Says in an access token whether the operator has verified who answers for the organisation, for services that will ask for it.</summary>
internal static class VerifiedClaim
{
    public const string Name = "party_verified";

    public static async Task<ClaimsPrincipal> SayWhetherVerified(this ClaimsPrincipal principal, IdentityDb db, CancellationToken stop)
    {
        if (!Guid.TryParse(principal.FindFirst("party")?.Value, out var party)) return principal;

        var isVerified = principal.FindFirst("party_kind")?.Value == PartyKinds.Operator || await db.Claims.AnyAsync(c => c.PartyId == party && c.State == PartyClaim.Verified, stop);
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(Name, isVerified ? "true" : "false", ClaimValueTypes.Boolean).SetDestinations(OpenIddictConstants.Destinations.AccessToken));
        return principal;
    }
}
