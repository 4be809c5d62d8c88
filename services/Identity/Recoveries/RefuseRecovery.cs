using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Recoveries;

/// <summary>POST /api/v1/identity/recoveries/{id}/refusal (administrator): ends it, for the owner of the account does not ask. One administrator is enough; his second step opens the account as before.</summary>
internal static class RefuseRecovery
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/recoveries/{id:guid}/refusal", Handle).WithName(nameof(RefuseRecovery)).RequireRoles(Roles.Administrator).WithIfMatch();

    private static async Task<Results<NoContent, NotFound>> Handle(Guid id, Caller caller, IdentityDb db, TimeProvider time, IOptions<RecoveryOptions> options, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        if (!await caller.Manages(caller.Party, db, now, stop)) return TypedResults.NotFound();
        if (await db.Recoveries.SingleOrDefaultAsync(r => r.Id == id, stop) is not { } recovery) return TypedResults.NotFound();
        caller.MustHaveRead(recovery.Version);

        await recovery.Audit(db, now, stop);
        recovery.Refuse(now, options.Value);
        await db.SaveChangesAsync(stop);
        return TypedResults.NoContent();
    }
}
