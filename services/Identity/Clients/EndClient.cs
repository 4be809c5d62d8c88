using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Recruitment.Identity.Organisations;
using Recruitment.Platform;

namespace Recruitment.Identity.Clients;

/// <summary>POST /api/v1/identity/clients/{client}/end (owner, administrator): this program gets no token any more, for good. One that it has already works until it expires, less than a minute. Twice is once.</summary>
internal static class EndClient
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("/clients/{client}/end", Handle).WithName(nameof(EndClient)).RequireRoles(Roles.Owner, Roles.Administrator).WhileManaging();

    private static async Task<Results<NoContent, NotFound>> Handle(string client, Caller caller, IOpenIddictApplicationManager applications, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        if (await db.Machines.Of(caller).SingleOrDefaultAsync(m => m.ClientId == client, stop) is not { } machine) return TypedResults.NotFound();
        db.AuditAlsoOf(machine.PartyId!.Value);

        machine.End(time.GetUtcNow().UtcDateTime);
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        await db.SaveChangesAsync(stop);
        // With its secret and what was issued to it: the row that stays tells the organisation that there was one.
        if (await applications.FindByClientIdAsync(client, stop) is { } application) await applications.DeleteAsync(application, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
