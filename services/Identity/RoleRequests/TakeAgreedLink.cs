using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.Organisations;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.RoleRequests;

/// <summary>POST /api/v1/identity/role-requests/{request}/link: whoever asked takes the link that was agreed on, once; only the address that was named makes an account with it. Administrator.</summary>
internal static class TakeAgreedLink
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/role-requests/{request:guid}/link", Handle).WithName(nameof(TakeAgreedLink)).RequireRoles(Roles.Administrator).RequireFreshSignIn();

    private static async Task<Results<Created<InvitePerson.Response>, NotFound>> Handle(
        Guid request, Caller caller, IdentityDb db, IOptions<OrganisationsOptions> options, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(caller.Party, db, now, stop)) return TypedResults.NotFound();
        var found = await db.RoleRequests.SingleOrDefaultAsync(r => r.Id == request && r.PartyId == caller.Party, stop);
        if (found is null) return TypedResults.NotFound();

        var email = found.TakeLink(caller.MustBeAPerson(), now);
        var token = InvitationTokens.Random();
        var link = OneTimeLink.Of(token, found.PartyId, found.Kind, found.Role, email, now.AddDays(options.Value.InvitationDays), null, isAgreed: true);
        db.Links.Add(link);
        await db.SaveChangesAsync(stop);
        await together!.CommitAsync(stop);
        return TypedResults.Created((string?)null, new InvitePerson.Response($"/identity/join?token={token}", link.ExpiresAt));
    }
}
