using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>POST /api/v1/identity/organisations/{party}/transfers: an owner offers the organisation to another member. Nothing changes before that one accepts. A newer offer takes the place of an older one. Owner.</summary>
internal static class OfferOwnership
{
    public sealed record Request(Guid To, [property: Required, OneOf(typeof(OwnershipTransfer), nameof(OwnershipTransfer.Afterwards))] string Giver);

    public sealed record Response(Guid Id, DateTime ExpiresAt);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/organisations/{party:guid}/transfers", Handle).WithName(nameof(OfferOwnership)).WithIdempotencyKey<IdentityDb>().RequireRoles(Roles.Owner).RequireFreshSignIn(ofPeopleAlone: true);

    private static async Task<Results<Created<Response>, NotFound>> Handle(
        Guid party, Request request, Caller caller, IdentityDb db, IOptions<OrganisationsOptions> options, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        if (!await caller.Manages(party, db, now, stop)) return TypedResults.NotFound();
        var me = caller.MustBeAPerson();
        var to = await db.People.AsNoTracking().Include(p => p.Memberships).SingleOrDefaultAsync(p => p.Id == request.To, stop);
        if (to?.Memberships.FirstOrDefault(m => m.PartyId == party && m.IsOpenAt(now)) is not { } member) return TypedResults.NotFound();
        if (to.Id == me) throw new BrokenRuleException("own-already", "You own this organisation already. Offer it to another member.");
        db.AuditAbout($"{to.Id}");
        to.Join(party, member.Kind, Roles.Owner, now); // says now what would be refused when it is accepted

        foreach (var earlier in await db.Transfers.Where(t => t.PartyId == party && t.GivenBy == me && t.EndedAt == null).ToListAsync(stop))
        {
            if (earlier.IsOpenAt(now)) earlier.End(now);
        }
        var offer = OwnershipTransfer.Offer(party, member.Kind, me, to.Id, request.Giver, now.AddDays(options.Value.TransferDays));
        db.Transfers.Add(offer);
        await db.SaveChangesAsync(stop);
        if (together is not null) await together.CommitAsync(stop);
        return TypedResults.Created((string?)null, new Response(offer.Id, offer.ExpiresAt));
    }
}
