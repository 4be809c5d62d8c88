using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Invitations;

/// <summary>POST /api/v1/suppliers/invitations/accept: Identity is about to make the account; the invitation is used up and the inviting brand has asked. It reads nothing before the supplier shares. Twice is once.</summary>
/// <remarks>One that was accepted is answered again, so that an answer that was lost locks nobody out. That it makes one account and no second is Identity's to keep.</remarks>
internal static class AcceptInvitation
{
    public sealed record Response(Guid PartyId, string Kind, string Role);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/invitations/accept", Handle).WithName(nameof(AcceptInvitation)).RequireRoles(Roles.Service);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(
        ReadInvitation.Request request, SuppliersDb db, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        var hash = Invitation.Hash(request.Token);
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.TokenHash == hash, stop);
        if (invitation is null) return TypedResults.NotFound();

        var party = await db.Parties.SingleAsync(p => p.Id == invitation.PartyId, stop);
        var accepted = TypedResults.Ok(new Response(party.Id.Value, party.Kind, ReadInvitation.RoleOf(party.Kind)));
        if (invitation.UsedAt is not null) return accepted;
        if (!invitation.IsOpen(time.GetUtcNow().UtcDateTime) || party.ClaimedAt is not null)
        {
            // The same form sent twice: between the two questions the other one may have accepted it.
            if (await IsUsed(db, hash, stop)) return accepted;
            return TypedResults.NotFound();
        }

        invitation.Use(time.GetUtcNow().UtcDateTime);
        party.Claim(clock.Now);
        var relation = await db.Relations.SingleOrDefaultAsync(r => r.BrandId == invitation.InvitedBy && r.SupplierId == party.Id && r.Status == "open", stop);
        // Nothing is shared by it: whoever answers reads its own estimates first (safety).
        if (relation is { AskedAt: null }) relation.Ask(clock.Now); // listed, taken back and listed again since the invitation
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            // The other one accepted it. Anything else that came between is the caller's to repeat.
            if (!await IsUsed(db, hash, stop)) throw;
        }
        return accepted;
    }

    private static Task<bool> IsUsed(SuppliersDb db, string hash, CancellationToken stop) =>
        db.Invitations.AsNoTracking().AnyAsync(i => i.TokenHash == hash && i.UsedAt != null, stop);
}
