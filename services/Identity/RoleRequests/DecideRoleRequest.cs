using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.RoleRequests;

/// <summary>POST /api/v1/identity/role-requests/{request}/decision: another administrator agrees or refuses; agreed, a person has the role at once. Administrator.</summary>
internal static class DecideRoleRequest
{
    public sealed record Request(bool Agree);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/role-requests/{request:guid}/decision", Handle).WithName(nameof(DecideRoleRequest)).RequireRoles(Roles.Administrator).RequireFreshSignIn(ofPeopleAlone: true);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid request, Request decision, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(caller.Party, db, now, stop)) return TypedResults.NotFound();
        var found = await db.RoleRequests.SingleOrDefaultAsync(r => r.Id == request && r.PartyId == caller.Party, stop);
        if (found is null) return TypedResults.NotFound();

        var me = caller.MustBeAPerson();
        db.AuditAbout([found.Role, .. found.PersonId is { } named ? [$"{named}"] : Array.Empty<string>()]);
        found.Decide(decision.Agree, me, await db.People.Where(p => p.Id == me).Select(p => p.Email).SingleAsync(stop), now);
        if (decision.Agree)
        {
            // Whoever asked and is administrator no more asks for nothing any more.
            if (!await db.Memberships.Open(now).AnyAsync(m => m.PersonId == found.AskedBy && m.Role == Roles.Administrator, stop))
                throw new BrokenRuleException("request-over", "Whoever asked for this is not administrator any more. Ask again.");
            if (found.PersonId is { } id)
            {
                var person = await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == id, stop);
                await Members.Join(db, person, found.PartyId, found.Kind, found.Role, now, null, stop);
            }
        }
        await db.SaveChangesAsync(stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
