using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Recruitment.Platform;

namespace Recruitment.Identity.Organisations;

/// <summary>GET /api/v1/identity/transfers: open offers of ownership to or by whoever asks, and of nobody else. Everybody who signs in.</summary>
internal static class ListTransfers
{
    /// <remarks>Next: send it as cursor for the next page; null on the last.</remarks>
    public sealed record Response(IReadOnlyList<Item> Items, Guid? Next);

    /// <remarks>IsMine: whoever asks made the offer. Other: the e-mail of the other one. Giver: what who offers is afterwards.</remarks>
    public sealed record Item(Guid Id, Guid PartyId, bool IsMine, string Other, string Giver, DateTime ExpiresAt);

    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/transfers", Handle).WithName(nameof(ListTransfers)).RequireRoles([.. Roles.OfPeople]);

    private static async Task<Ok<Response>> Handle(Caller caller, IdentityDb db, TimeProvider time, CancellationToken stop, Guid? cursor = null)
    {
        var (now, me) = (time.GetUtcNow().UtcDateTime, caller.PersonId());
        var open = db.Transfers.AsNoTracking().Where(t => (t.GivenBy == me || t.GivenTo == me) && t.EndedAt == null && t.ExpiresAt > now);
        if (cursor is { } after) open = open.Where(t => t.Id.CompareTo(after) > 0);
        var page = await open.OrderBy(t => t.Id).Take(PageSize + 1).Select(t => new Item(
            t.Id, t.PartyId, t.GivenBy == me, db.People.Where(p => p.Id == (t.GivenBy == me ? t.GivenTo : t.GivenBy)).Select(p => p.Email!).First(), t.Giver, t.ExpiresAt)).ToListAsync(stop);
        return TypedResults.Ok(new Response([.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Id : null));
    }
}
