using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.RoleRequests;
using Recruitment.Platform;

namespace Recruitment.Identity.People;

/// <summary>POST /api/v1/identity/people/{person}/memberships/{membership}/again: an administrator gives an ended role back to the same account. Twice is once.</summary>
/// <remarks>The same account, for a case handler's key belongs to it: cases that she alone can open are read again. A role that two give together comes back by a request (<see cref="AskForRole"/>).</remarks>
internal static class GiveRoleBack
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/people/{person:guid}/memberships/{membership:guid}/again", Handle).WithName(nameof(GiveRoleBack)).RequireRoles(Roles.Administrator).WhileManaging().RequireFreshSignIn();

    private static async Task<Results<NoContent, NotFound, ProblemHttpResult>> Handle(
        Guid person, Guid membership, Caller caller, SuppliersClient suppliers, IdentityDb db, IOptions<OrganisationsOptions> options, TimeProvider time, CancellationToken stop)
    {
        var asked = await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.Id == membership && m.PersonId == person, stop);
        if (asked is null) return TypedResults.NotFound();
        if (await suppliers.WhyNot(asked.PartyId, asked.Kind, caller, stop) is { } refusal) return refusal;

        db.AuditAlsoOf(asked.PartyId);
        db.AuditAbout(asked.Role);
        await using var together = await Members.Begin(db, stop);
        await Give(asked, db, options.Value, time.GetUtcNow().UtcDateTime, stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    /// <summary>Within a change of members.</summary>
    public static async Task Give(Membership asked, IdentityDb db, OrganisationsOptions options, DateTime now, CancellationToken stop)
    {
        if (asked.Until is not null) throw new BrokenRuleException("was-until-a-day", "This role was given until a day. Make a new link with another day.");
        var found = await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == asked.PersonId, stop);
        if (found.Memberships.Any(m => m.IsOpenAt(now) && m.PartyId == asked.PartyId && m.Role == asked.Role)) return;

        await FourEyes.MustNotBeNeeded(db, asked.Role, now, options, stop);
        await Members.Join(db, found, asked.PartyId, asked.Kind, asked.Role, now, null, stop);
        await db.SaveChangesAsync(stop);
    }
}
