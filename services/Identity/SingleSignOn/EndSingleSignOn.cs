using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.SingleSignOn;

/// <summary>DELETE /api/v1/identity/single-sign-on: nobody signs in at the organisation's provider any more. Whoever has neither password nor passkey asks for a link by mail.</summary>
internal static class EndSingleSignOn
{
    public static void Map(RouteGroupBuilder group) => group.MapDelete("/single-sign-on", Handle).WithName(nameof(EndSingleSignOn)).RequireRoles(Roles.Owner).RequireFreshSignIn(ofPeopleAlone: true).WhileManaging().WithIfMatch();

    private static async Task<Results<NoContent, NotFound>> Handle(Caller caller, IdentityDb db, CancellationToken stop)
    {
        var provider = await db.Providers.SingleOrDefaultAsync(p => p.PartyId == caller.Party, stop);
        if (provider is null) return TypedResults.NotFound();
        caller.MustHaveRead(provider.Version);

        await using var together = await db.Database.BeginTransactionAsync(stop);
        db.Providers.Remove(provider);
        await db.Logins.Where(l => l.LoginProvider == provider.Id.ToString()).ExecuteDeleteAsync(stop);
        await db.SaveChangesAsync(stop);
        await together.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
