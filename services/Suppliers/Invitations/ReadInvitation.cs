using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Suppliers.Invitations;

/// <summary>POST /api/v1/suppliers/invitations/read: Identity asks whom an invitation is for. Used, expired or never made: not found. The token is in the body, for it opens an organisation.</summary>
internal static class ReadInvitation
{
    public sealed record Request([property: Required, StringLength(200)] string Token);

    /// <remarks>InvitedBy: empty when the inviting organisation has not been registered yet.</remarks>
    public sealed record Response(Guid PartyId, string Kind, string Role, string PartyName, string InvitedBy, DateTime ExpiresAt);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/invitations/read", Handle).WithName(nameof(ReadInvitation)).RequireRoles(Roles.Service);

    private static async Task<Results<Ok<Response>, NotFound>> Handle(Request request, SuppliersDb db, TimeProvider time, CancellationToken stop)
    {
        var hash = Invitation.Hash(request.Token);
        var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, stop);
        if (invitation is null || !invitation.IsOpen(time.GetUtcNow().UtcDateTime)) return TypedResults.NotFound();

        var party = await db.Parties.AsNoTracking().SingleAsync(p => p.Id == invitation.PartyId, stop);
        if (party.ClaimedAt is not null) return TypedResults.NotFound();
        var inviter = await db.Parties.AsNoTracking().Where(p => p.Id == invitation.InvitedBy).Select(p => p.Name).FirstOrDefaultAsync(stop);
        return TypedResults.Ok(new Response(party.Id.Value, party.Kind, RoleOf(party.Kind), party.Name, inviter ?? "", invitation.ExpiresAt));
    }

    internal static string RoleOf(string kind) => kind == PartyKinds.Recruiter ? Roles.RecruiterUser : Roles.SupplierUser;
}
