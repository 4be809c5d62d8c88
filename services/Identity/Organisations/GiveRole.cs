using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Identity.RoleRequests;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>POST /api/v1/identity/organisations/{party}/people/{person}/roles: a member gets one more role, or becomes an owner. Given twice it is given once. Owners of it and administrators.</summary>
internal static class GiveRole
{
    public sealed record Request([property: Required, OneOf(typeof(Roles), nameof(Roles.OfPeople))] string Role);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/organisations/{party:guid}/people/{person:guid}/roles", Handle).WithName(nameof(GiveRole)).RequireRoles(Managing.By).RequireFreshSignIn();

    private static async Task<Results<NoContent, NotFound>> Handle(
        Guid party, Guid person, Request request, Caller caller, IdentityDb db, IOptions<OrganisationsOptions> options, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();
        var found = await db.People.Include(p => p.Memberships).SingleOrDefaultAsync(p => p.Id == person, stop);
        // Only who belongs to it now: nobody learns by trying who has an account elsewhere.
        if (found?.Memberships.FirstOrDefault(m => m.PartyId == party && m.IsOpenAt(now)) is not { } member) return TypedResults.NotFound();

        db.AuditAbout(request.Role);
        if (!found.Memberships.Any(m => m.PartyId == party && m.IsOpenAt(now) && m.Role == request.Role)) await FourEyes.MustNotBeNeeded(db, request.Role, now, options.Value, stop);
        found.Join(party, member.Kind, request.Role, now);
        await db.SaveChangesAsync(stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
