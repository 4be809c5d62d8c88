using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Domains;

/// <summary>DELETE /api/v1/identity/domains/{id}: the domain is not the organisation's any more. Its people sign in as before; its provider and directory speak for nobody there any more.</summary>
internal static class RemoveDomain
{
    public static void Map(RouteGroupBuilder group) => group.MapDelete("/domains/{id:guid}", Handle).WithName(nameof(RemoveDomain)).RequireRoles(Roles.Owner).WhileManaging().RequireFreshSignIn();

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Caller caller, IdentityDb db, CancellationToken stop)
    {
        var domain = await db.EmailDomains.SingleOrDefaultAsync(d => d.Id == id && d.PartyId == caller.Party, stop);
        if (domain is null) return TypedResults.NotFound();

        db.EmailDomains.Remove(domain);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
