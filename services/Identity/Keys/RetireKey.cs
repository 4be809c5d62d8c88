using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Keys;

/// <summary>
/// POST /api/v1/identity/keys/{id}/retirement (administrator): from now on nothing made with this key is accepted, as when somebody else may have it. Tokens are made with another at once; whoever has
/// tokens of this one signs in again. Services follow within a minute. Twice is once.
/// </summary>
internal static class RetireKey
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/keys/{id}/retirement", Handle).WithName(nameof(RetireKey)).RequireRoles(Roles.Administrator).RequireFreshSignIn(ofPeopleAlone: true).WhileManaging();

    private static async Task<Results<NoContent, NotFound>> Handle(string id, IdentityDb db, KeepKeys keep, TimeProvider time, CancellationToken stop)
    {
        await using (var transaction = await db.Database.BeginTransactionAsync(stop))
        {
            await OneAtATime.Wait(db, nameof(KeepKeys), stop);
            if (await db.Keys.SingleOrDefaultAsync(k => k.Id == id, stop) is not { } key) return TypedResults.NotFound();
            if (key.RetiredAt is not null) return TypedResults.NoContent();

            // It was to take the place of another, which stays until there is one.
            var now = time.GetUtcNow().UtcDateTime;
            if (key.UsedFrom > now && (await db.Keys.ToListAsync(stop)).SingleOrDefault(k => k.Use == key.Use && k.IsUsed(now)) is { } used) used.StayOn();
            key.Retire(now);
            await db.SaveChangesAsync(stop);
            await keep.BringUpToDate(db, stop);
            await transaction.CommitAsync(stop);
        }
        await keep.Look(stop);
        return TypedResults.NoContent();
    }
}
