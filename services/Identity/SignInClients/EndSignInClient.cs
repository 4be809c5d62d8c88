using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.SignInClients;

/// <summary>POST /api/v1/identity/sign-in-clients/{client}/end (owner, administrator): nobody signs in at this program with an account here any more, for good, and what people allowed it is forgotten. Twice is once.</summary>
internal static class EndSignInClient
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/sign-in-clients/{client}/end", Handle).WithName(nameof(EndSignInClient)).RequireRoles(Roles.Owner, Roles.Administrator).WhileManaging();

    private static async Task<Results<NoContent, NotFound>> Handle(string client, Caller caller, IOpenIddictApplicationManager applications, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        if (await db.SignInClients.Of(caller).SingleOrDefaultAsync(c => c.ClientId == client, stop) is not { } found) return TypedResults.NotFound();
        db.AuditAlsoOf(found.PartyId);

        found.End(time.GetUtcNow().UtcDateTime);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.SaveChangesAsync(stop);
        // With its secret, every consent and every code: the row that stays tells the organisation that there was one, and keeps its subjects the same.
        if (await applications.FindByClientIdAsync(client, stop) is { } application) await applications.DeleteAsync(application, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
