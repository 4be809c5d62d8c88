using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>GET /api/v1/identity/single-sign-on: the organisation's own provider, without its secret, and the address to enter there. Owner.</summary>
internal static class GetSingleSignOn
{
    /// <remarks>RedirectUri: to be entered at the provider. Issuer: null while there is none. Version: 0 while there is none.</remarks>
    public sealed record Response(string RedirectUri, string? Issuer, string? ClientId, string? EmailClaim, string? GroupsClaim, bool JustInTime, bool Forced, int Version);

    public static void Map(RouteGroupBuilder group) => group.MapGet("/single-sign-on", Handle).WithName(nameof(GetSingleSignOn)).RequireRoles(Roles.Owner);

    private static async Task<Ok<Response>> Handle(Caller caller, IdentityDb db, SignInOutside outside, CancellationToken stop)
    {
        var provider = await db.Providers.AsNoTracking().SingleOrDefaultAsync(p => p.PartyId == caller.Party, stop);
        return TypedResults.Ok(provider is null
            ? new Response(outside.RedirectUri, null, null, null, null, false, false, 0)
            : new Response(outside.RedirectUri, provider.Issuer, provider.ClientId, provider.EmailClaim, provider.GroupsClaim, provider.JustInTime, provider.IsForced, provider.Version));
    }
}
