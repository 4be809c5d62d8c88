using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Identity.People;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>POST /api/v1/identity/transfers/{transfer}/answer: whom the organisation was offered accepts or refuses it, or who offered it withdraws the offer. Those two people.</summary>
internal static class AnswerTransfer
{
    private const string Accept = "accept";
    private const string Refuse = "refuse";
    private const string Withdraw = "withdraw";

    private static IReadOnlyList<string> Answers { get; } = [Accept, Refuse, Withdraw];

    public sealed record Request([property: Required, OneOf(typeof(AnswerTransfer), nameof(Answers))] string Answer);

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/transfers/{transfer:guid}/answer", Handle).WithName(nameof(AnswerTransfer)).RequireRoles([.. Roles.OfPeople]);

    private static async Task<Results<NoContent, NotFound>> Handle(Guid transfer, Request request, Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var together = await Members.Begin(db, stop);
        var me = caller.PersonId();
        var found = await db.Transfers.SingleOrDefaultAsync(t => t.Id == transfer && (request.Answer == Withdraw ? t.GivenBy : t.GivenTo) == me, stop);
        if (found is null) return TypedResults.NotFound();

        found.End(now);
        await db.SaveChangesAsync(stop);
        if (request.Answer == Accept) await HandOver(found, db, now, stop);
        await together!.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static async Task HandOver(OwnershipTransfer transfer, IdentityDb db, DateTime now, CancellationToken stop)
    {
        var giving = await db.Memberships.Where(m => m.PersonId == transfer.GivenBy && m.PartyId == transfer.PartyId).ToListAsync(stop);
        var taking = await db.People.Include(p => p.Memberships).SingleAsync(p => p.Id == transfer.GivenTo, stop);
        // Meanwhile the one may have lost what he gives, and the other have left.
        if (!giving.Any(m => m.IsOpenAt(now) && m.Role == Roles.Owner) || !taking.Memberships.Any(m => m.PartyId == transfer.PartyId && m.IsOpenAt(now)))
            throw new BrokenRuleException("transfer-over", "Who offered this does not own the organisation any more, or you do not belong to it.");

        taking.Join(transfer.PartyId, transfer.Kind, Roles.Owner, now);
        await db.SaveChangesAsync(stop);
        if (transfer.Giver == OwnershipTransfer.StaysMember) await Members.End(db, [.. giving.Where(m => m.Role == Roles.Owner)], now, stop);
        if (transfer.Giver == OwnershipTransfer.Leaves) await Members.End(db, giving, now, stop);
    }
}
