using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Invitations;

/// <summary>POST /api/v1/suppliers/{party}/invitations: a brand invites a supplier it listed, a supplier a recruiter it declared.</summary>
/// <remarks>The link is in this answer and nowhere else: under an Idempotency-Key it is made from the key, so that the same request gets the same link and none is kept. An organisation that somebody joined already gets no second way in: it is asked to share instead.</remarks>
internal static class Invite
{
    public sealed record Response(string? Link, DateTime? ExpiresAt, bool AskedToShare);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/{party:guid}/invitations", Handle).WithName(nameof(Invite)).RequireRoles(Roles.BrandAnalyst, Roles.SupplierUser);

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> Handle(
        Guid party, [FromHeader(Name = Idempotency.Header)] string? idempotencyKey, Caller caller, InvitationTokens tokens, SuppliersDb db, BusinessClock clock, TimeProvider time, CancellationToken stop)
    {
        if (Idempotency.RefusedKey(idempotencyKey) is { } refused) return refused;
        var me = new PartyId(caller.Party);
        var invited = await db.Parties.SingleOrDefaultAsync(p => p.Id == new PartyId(party), stop);
        if (invited is null) return TypedResults.NotFound();

        var relation = caller.Is(Roles.BrandAnalyst)
            ? await db.Relations.SingleOrDefaultAsync(r => r.BrandId == me && r.SupplierId == invited.Id && r.Status == "open", stop) : null;
        var declared = caller.Is(Roles.SupplierUser) && await db.Links.AnyAsync(l => l.SupplierId == me && l.RecruiterId == invited.Id && l.To == null, stop);
        if (relation is null && !declared) return TypedResults.NotFound();

        relation?.Ask(clock.Now);
        if (invited.ClaimedAt is not null)
        {
            if (relation is null) throw new BrokenRuleException("already-joined", "This recruiter has joined already and needs no invitation.");
            await db.SaveChangesAsync(stop);
            return TypedResults.Ok(new Response(null, null, AskedToShare: true));
        }

        // Security runs on system time; a moved demonstration clock must not open or close a door.
        var token = tokens.For(caller, invited.Id, idempotencyKey);
        var hash = Invitation.Hash(token);
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.TokenHash == hash, stop);
        if (invitation is null) db.Invitations.Add(invitation = Invitation.Make(token, invited.Id, me, time.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(stop);
        return TypedResults.Ok(new Response($"/identity/join?token={token}", invitation.ExpiresAt, AskedToShare: false));
    }
}
