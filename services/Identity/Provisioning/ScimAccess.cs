using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Provisioning;

/// <summary>Who may speak for an organisation's directory: a machine of that organisation, with the scope for it (<see cref="OwnScope"/>).</summary>
internal static class ScimAccess
{
    public const string Scope = "scim";

    public static AuthorizationPolicy Policy { get; } = new AuthorizationPolicyBuilder(Access.Scheme).RequireAuthenticatedUser()
        .RequireAssertion(c => c.User.FindFirst("sub")?.Value.StartsWith(Tokens.Claims.OfMachine, StringComparison.Ordinal) == true
            && c.User.HasClaim(claim => claim.Type == "party"))
        .Build();

    /// <summary>What the organisation lets its directory do.</summary>
    /// <exception cref="ScimRefusedException">It lets it do nothing: nobody has said so.</exception>
    public static async Task<ProvisioningRules> RulesOf(IdentityDb db, Caller caller, CancellationToken stop) =>
        await db.ProvisioningRules.Include(r => r.Groups).SingleOrDefaultAsync(r => r.PartyId == caller.Party, stop)
        ?? throw new ScimRefusedException(StatusCodes.Status403Forbidden, null, "Your organisation has not said what its directory may do. An owner does, at Sign-in of your organisation.");
}
