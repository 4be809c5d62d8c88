using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.RoleRequests;

/// <summary>POST /api/v1/identity/role-requests: an administrator asks for a role that two give together, for a person of the operator or for somebody by e-mail who has no account yet. Administrator.</summary>
internal static class AskForRole
{
    /// <remarks>One of the two: who has an account here already, or an e-mail address, which alone will make the account.</remarks>
    public sealed record Request([property: Required, OneOf(typeof(FourEyes), nameof(FourEyes.Needed))] string Role, Guid? PersonId, [property: EmailAddress, StringLength(254)] string? Email);

    public sealed record Response(Guid Id, DateTime ExpiresAt);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/role-requests", Handle).WithName(nameof(AskForRole)).WithIdempotencyKey<IdentityDb>().RequireRoles(Roles.Administrator).RequireFreshSignIn();

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> Handle(
        Request request, Caller caller, IdentityDb db, UserManager<Person> people, IOptions<OrganisationsOptions> options, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(caller.Party, db, now, stop)) return TypedResults.NotFound();
        var me = caller.MustBeAPerson();
        var email = string.IsNullOrWhiteSpace(request.Email) ? null : request.Email.Trim();
        if (request.PersonId is null == email is null) return Problems.Bad("person-or-email", "Say who gets the role: a person of the operator, or the e-mail of somebody without an account.");

        var person = Person.New("nobody");
        if (request.PersonId is { } id)
        {
            var known = await db.People.AsNoTracking().Include(p => p.Memberships).SingleOrDefaultAsync(p => p.Id == id && p.Memberships.Any(m => m.PartyId == caller.Party), stop);
            if (known is null) return TypedResults.NotFound();
            person = known;
        }
        else if (await people.FindByEmailAsync(email!) is not null)
        {
            throw new BrokenRuleException("has-an-account", "There is an account with this e-mail. Ask for the role for that person.");
        }
        person.Join(caller.Party, PartyKinds.Operator, request.Role, now); // says now what would be refused when it is agreed

        var asked = RoleRequest.Ask(caller.Party, PartyKinds.Operator, request.Role, request.PersonId, email, me, now.AddDays(options.Value.RoleRequestDays));
        db.RoleRequests.Add(asked);
        db.AuditAbout([$"{asked.Id}", asked.Role, .. asked.PersonId is { } named ? [$"{named}"] : Array.Empty<string>()]);
        await db.SaveChangesAsync(stop);
        if (together is not null) await together.CommitAsync(stop);
        return TypedResults.Created((string?)null, new Response(asked.Id, asked.ExpiresAt));
    }
}
